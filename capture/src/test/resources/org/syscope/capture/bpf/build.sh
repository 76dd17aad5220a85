#!/bin/sh
# Compiles the test objects, which are committed so that the tests need no compiler: build.sh [FOLDER for the objects]
set -e
cd "$(dirname "$0")"
for source in *.c; do
    object="${1:-.}/${source%.c}.o"
    kind='-mcpu=v3 -g'
    [ "$source" = plain.c ] && kind=-mcpu=v1	# for old kernels, without BTF
    clang-16 -target bpf $kind -O2 -Wall -Wno-unused-const-variable -Wno-unused-variable -Wno-visibility \
        -ffile-prefix-map="$PWD"=. -fdebug-compilation-dir=. -c "$source" -o "$object"
    llvm-strip-16 -g "$object"
done
