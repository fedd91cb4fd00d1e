# Functions of the scripts that build refold. Sourced by tests/run, examples/demo and others, after source_dir is set.
# Needs bash.

say() {
    echo "==> $*" >&2
}

# Sets build_dir: REFOLD_BUILD_DIR if set, else build/<name> in the source tree, or, if that is read-only, a temporary
# directory that is removed when the script ends.
choose_build_dir() {
    build_dir=${REFOLD_BUILD_DIR:-$source_dir/build/$1}
    if ! mkdir -p "$build_dir" 2>/dev/null || [[ ! -w $build_dir ]]; then
        if [[ -n ${REFOLD_BUILD_DIR:-} ]]; then
            echo "cannot write to REFOLD_BUILD_DIR, which is $REFOLD_BUILD_DIR" >&2
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

# Halves the time of a full build: compiles eight sources at once, with debug information for backtraces only. To debug
# or edit, use the presets.
quick_build=(-DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=8 -DCMAKE_CXX_FLAGS_DEBUG=-g1)

# Configures with the given CMake arguments and builds the targets in `build_targets`, or everything if it is unset.
# Shows CMake's output only if it fails.
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
    # Shows the progress on a terminal, and only errors elsewhere.
    if [[ -t 1 ]]; then
        cmake --build "$build_dir" --parallel "$(nproc)" "${targets[@]}" </dev/null
    elif ! cmake --build "$build_dir" --parallel "$(nproc)" "${targets[@]}" >"$build_dir/build.log" 2>&1 \
        </dev/null; then
        grep -v '^\[[0-9]*/[0-9]*\] ' "$build_dir/build.log" >&2 || cat "$build_dir/build.log" >&2
        return 1
    fi
}

# Runs the tests of build_dir with the given ctest arguments. Sets tests_passed, tests_failed and the names in
# failed_tests.
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

# Runs a function once for each argument, one per processor at a time: in_parallel <function> <argument>... Runs all of
# them; returns 1 if any failed.
in_parallel() {
    local run=$1 argument job max status=0 started=()
    shift
    max=$(nproc)
    for argument in "$@"; do
        while (($(jobs -rp | wc -l) >= max)); do sleep 0.1; done
        "$run" "$argument" &
        started+=($!)
    done
    # By id, because `wait -n` returns 127 for jobs that have ended already.
    for job in ${started[@]+"${started[@]}"}; do
        wait "$job" || status=1
    done
    return "$status"
}
