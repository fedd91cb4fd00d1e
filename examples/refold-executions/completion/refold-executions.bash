# Completion of refold-executions for bash. Installed as share/bash-completion/completions/refold-executions, where bash
# finds it by itself.

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

    local commands="list errors history watch get wait rerun stop demo-server"
    local information="--help --version"
    # Of all commands but rerun and stop, also --failed and --running.
    local filters="--status --since --start-date --until --end-date --workflow-name --workflow-id
        --slug --execution-id --execution-type --execution-source"
    local statuses="COMPLETED RUNNING ERRORED FAILED TIMED_OUT STOPPED STOPPING QUEUED TERMINATED DUPLICATE"
    local columns="status age created ended duration workflow workflow-id app app-id account type event env name config
        org node error id"
    local connection="--base-url --timeout --retries --rate --ca-file --proxy --allow-plain-http --quiet --verbose"

    # The command is the first word that is no flag; the program itself has no flags with a value.
    local command= at
    for ((at = 1; at < COMP_CWORD; ++at)); do
        if [[ ${COMP_WORDS[at]} != -* ]]; then
            command=${COMP_WORDS[at]}
            break
        fi
    done
    if [[ -z $command ]]; then
        COMPREPLY=($(compgen -W "$commands help $information" -- "$current"))
        return
    fi
    if [[ $command == help ]]; then
        COMPREPLY=($(compgen -W "$commands" -- "$current"))
        return
    fi

    local flags= formats=
    case $command in
        list)
            flags="--page --all --max --format --columns --csv-bom --checkpoint --limit --sort-asc --prefetch --failed
                --running $filters"
            formats="table ndjson json csv"
            ;;
        errors)
            flags="--max --format --limit --prefetch --failed --running $filters"
            formats="table ndjson json"
            ;;
        history)
            flags="--compare --group-by --why --format --html --limit --sort-asc --prefetch --failed --running $filters"
            formats="table json"
            ;;
        watch)
            flags="--interval --exit-status --exec --format --checkpoint --limit --failed --running $filters"
            formats="table ndjson"
            ;;
        get)
            flags="--format"
            formats="table json ndjson"
            ;;
        wait) flags="--interval --wait-timeout" ;;
        stop)
            flags="--running --older-than --max --dry-run --yes --format --checkpoint $filters"
            formats="table ndjson"
            ;;
        rerun)
            flags="--failed --older-than --max --dry-run --yes --format --checkpoint --wait --interval --wait-timeout
                $filters"
            formats="table ndjson"
            ;;
        demo-server)
            flags="--port --runs --still"
            connection=
            ;;
        *) return ;;
    esac

    # What follows a flag.
    case $previous in
        --status | -s)
            COMPREPLY=($(compgen -W "$statuses" -- "$current"))
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
        --since | --start-date | --until | --end-date)
            COMPREPLY=($(compgen -W "now today yesterday 1h 24h 7d 4w" -- "$current"))
            return
            ;;
        --older-than)
            COMPREPLY=($(compgen -W "10m 1h 24h" -- "$current"))
            return
            ;;
        --columns)
            COMPREPLY=($(compgen -W "$columns" -- "$current"))
            return
            ;;
        --compare)
            COMPREPLY=($(compgen -W "previous" -- "$current"))
            return
            ;;
        --group-by)
            COMPREPLY=($(compgen -W "workflow application account error environment" -- "$current"))
            return
            ;;
        --exec)
            COMPREPLY=($(compgen -c -- "$current"))
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
        --page | --max | -L | --limit | --slug | --workflow-id | --workflow-name | -w | --execution-id | --base-url | \
            --timeout | --retries | --prefetch | --proxy | --interval | --wait-timeout | --port | --runs)
            return
            ;;
    esac

    if [[ $current == -* || -z $current ]]; then
        COMPREPLY=($(compgen -W "$flags $connection $information" -- "$current"))
    fi
}

complete -F _refold_executions refold-executions
