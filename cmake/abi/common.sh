# What the scripts of the binary interface share: how the library is built that is looked at, and how it is written down.
# Sourced by check and update, after source_dir is set. Needs bash, g++ and abigail-tools.
. "$source_dir/cmake/build_helpers.sh"

abi_dump=$source_dir/cmake/abi/librefold.abi

need_abigail() {
    if ! command -v abidw >/dev/null 2>&1 || ! command -v abidiff >/dev/null 2>&1; then
        echo "abidw and abidiff are missing: install abigail-tools, or run cmake/bootstrap ci" >&2
        exit 1
    fi
}

# Builds the shared library as the stored dump was made, and sets library. Optimised, because that decides which inline functions
# get symbols; with debugging information, because that is what abidw reads.
build_library() {
    choose_build_dir abi
    build_targets=(refold)
    configure_and_build -DCMAKE_CXX_COMPILER=g++ -DCMAKE_BUILD_TYPE= "-DCMAKE_CXX_FLAGS=-O2 -g" -DBUILD_SHARED_LIBS=ON \
        -DREFOLD_BUILD_TESTING=OFF -DREFOLD_BUILD_TESTS=OFF -DREFOLD_BUILD_EXAMPLES=OFF -DREFOLD_BUILD_TOOLS=OFF || exit 1
    library=$build_dir/src/librefold.so
}

# Writes down what programs see of a library: its symbols, and of its types those that the headers define. What the standard library's
# types look like inside is that library's affair, and paths are nobody's.
write_dump() { # library, directory of headers, file
    abidw --headers-dir "$2" --drop-private-types --exported-interfaces-only --suppressions "$source_dir/cmake/abi/public.ini" \
        --no-corpus-path --no-comp-dir-path --no-show-locs --no-elf-needed --type-id-style hash --out-file "$3" "$1"
}
