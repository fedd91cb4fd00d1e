# Completion of refold-executions for bash. Installed as share/bash-completion/completions/refold-executions, where bash finds it by itself.

_refold_executions() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=
    ((COMP_CWORD > 0)) && previous=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()

    # Where = breaks words, --format=js is three of them.
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = && $COMP_CWORD -gt 1 ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi

    local commands="list history watch get wait stop rerun"
    local information="--help --version"
    local filters="--limit --status --slug --workflow-id --workflow-name --execution-id --start-date --end-date
        --execution-type --execution-source --sort-asc"
    local wire="--base-url --timeout --retries --prefetch --rate --ca-file --proxy --allow-plain-http"

    # The command is the first word that is no flag; the program itself has no flags with a value.
    local command= at
    for ((at = 1; at < COMP_CWORD; ++at)); do
        if [[ ${COMP_WORDS[at]} != -* ]]; then
            command=${COMP_WORDS[at]}
            break
        fi
    done
    if [[ -z $command ]]; then
        COMPREPLY=($(compgen -W "$commands $information" -- "$current"))
        return
    fi

    local flags= formats=
    case $command in
        list)
            flags="--page --all --max --format --checkpoint $filters"
            formats="table ndjson json csv"
            ;;
        history)
            flags="--format --html $filters"
            formats="table json"
            ;;
        watch)
            flags="--interval --since --format --exit-status --checkpoint $filters"
            formats="table ndjson"
            ;;
        get)
            flags="--format"
            formats="table json ndjson"
            ;;
        wait) flags="--interval --wait-timeout" ;;
        stop) flags="--yes" ;;
        rerun) flags="--wait --interval --wait-timeout --yes" ;;
        *) return ;;
    esac

    # What follows a flag.
    case $previous in
        --status)
            COMPREPLY=($(compgen -W "COMPLETED RUNNING FAILED ERRORED STOPPED STOPPING TIMED_OUT DUPLICATE" -- "$current"))
            return
            ;;
        --format)
            COMPREPLY=($(compgen -W "$formats" -- "$current"))
            return
            ;;
        --execution-type)
            COMPREPLY=($(compgen -W "SYNC ASYNC" -- "$current"))
            return
            ;;
        --execution-source)
            COMPREPLY=($(compgen -W "API_CALL SCHEDULE Event" -- "$current"))
            return
            ;;
        --start-date | --end-date | --since)
            COMPREPLY=($(compgen -W "now 1h 24h 7d 4w" -- "$current"))
            return
            ;;
        --rate)
            COMPREPLY=($(compgen -W "off 5 10 20" -- "$current"))
            return
            ;;
        --html | --checkpoint | --ca-file)
            compopt -o filenames 2>/dev/null
            local file
            while IFS= read -r file; do
                COMPREPLY+=("$file")
            done < <(compgen -f -- "$current")
            return
            ;;
        --page | --max | --limit | --slug | --workflow-id | --workflow-name | --execution-id | --base-url | --timeout | \
            --retries | --prefetch | --proxy | --interval | --wait-timeout)
            return
            ;;
    esac

    if [[ $current == -* || -z $current ]]; then
        COMPREPLY=($(compgen -W "$flags $wire $information" -- "$current"))
    fi
}

complete -F _refold_executions refold-executions
