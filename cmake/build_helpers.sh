# What the scripts that build refold share: where to build, and how. Sourced by tests/run, examples/demo and others,
# after source_dir is set. Needs bash.

say() {
    echo "==> $*" >&2
}

# Sets build_dir: REFOLD_BUILD_DIR if set, else build/<name> in the source tree, else, where that cannot be written, a
# temporary directory that goes when the script ends.
choose_build_dir() {
    build_dir=${REFOLD_BUILD_DIR:-$source_dir/build/$1}
    if ! mkdir -p "$build_dir" 2>/dev/null || [[ ! -w $build_dir ]]; then
        if [[ -n ${REFOLD_BUILD_DIR:-} ]]; then
            echo "REFOLD_BUILD_DIR is $REFOLD_BUILD_DIR, which cannot be written" >&2
            exit 1
        fi
        if [[ -z ${temporary_root:-} ]]; then
            temporary_root=$(mktemp -d)
            trap 'rm -rf "$temporary_root"' EXIT
        fi
        build_dir=$temporary_root/$1
        mkdir -p "$build_dir"
    fi
    build_dir=$(cd "$build_dir" && pwd)
}

# For builds from nothing, which take half of the time so: eight sources in one compilation, and of the debug
# information what a backtrace needs. For a debugger, and to edit one source again and again, use the presets.
quick_build=(-DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=8 -DCMAKE_CXX_FLAGS_DEBUG=-g1)

# Configures with the CMake arguments given and builds what `build_targets` names (everything where it is unset).
# CMake's output is shown only when it fails.
configure_and_build() {
    local arguments=(-S "$source_dir" -B "$build_dir" -G Ninja "${quick_build[@]}")
    if command -v ccache >/dev/null 2>&1; then
        arguments+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    fi
    if ! cmake "${arguments[@]}" "$@" >"$build_dir/configure.log" 2>&1 </dev/null; then
        cat "$build_dir/configure.log" >&2
        return 1
    fi
    local targets=()
    if [[ -n ${build_targets:-} ]]; then
        targets=(--target "${build_targets[@]}")
    fi
    # On a terminal ninja shows its progress; elsewhere only what goes wrong is worth a line.
    if [[ -t 1 ]]; then
        cmake --build "$build_dir" --parallel "$(nproc)" "${targets[@]}" </dev/null
    elif ! cmake --build "$build_dir" --parallel "$(nproc)" "${targets[@]}" >"$build_dir/build.log" 2>&1 \
        </dev/null; then
        grep -v '^\[[0-9]*/[0-9]*\] ' "$build_dir/build.log" >&2 || cat "$build_dir/build.log" >&2
        return 1
    fi
}

# Runs the tests of build_dir with the ctest arguments given, and sets tests_passed, tests_failed and failed_tests, the
# names.
run_ctest() {
    local log=$build_dir/ctest.log total
    (cd "$build_dir" && ctest --output-on-failure --no-tests=error -j "$(nproc)" "$@" </dev/null 2>&1) | tee "$log" ||
        true
    read -r tests_failed total < <(
        sed -n 's/^[0-9]*% tests passed, \([0-9]*\) tests* failed out of \([0-9]*\).*$/\1 \2/p' "$log" | tail -n 1 |
            grep . || echo "1 1"
    )
    tests_passed=$((total - tests_failed))
    mapfile -t failed_tests < <(
        sed -n '/^The following tests FAILED:/,$s/^[[:space:]]*[0-9]* - \(.*\)$/\1/p' "$log"
    )
}

# Runs a function once for each argument, as many at a time as there are processors: in_parallel <function>
# <argument>... Returns 1 if any of them failed; the others are run all the same.
in_parallel() {
    local run=$1 argument job most status=0 started=()
    shift
    most=$(nproc)
    for argument in "$@"; do
        while (($(jobs -rp | wc -l) >= most)); do sleep 0.1; done
        "$run" "$argument" &
        started+=($!)
    done
    # Each job by its id: `wait -n` answers 127 for those that ended before it was asked.
    for job in ${started[@]+"${started[@]}"}; do
        wait "$job" || status=1
    done
    return "$status"
}
