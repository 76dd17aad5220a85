#!/bin/sh
# Compiles the test objects, which are committed so that the tests need no compiler: build.sh [FOLDER for the objects]
set -e
cd "$(dirname "$0")"
for source in *.c; do
    object="${1:-.}/${source%.c}.o"
    clang-16 -target bpf -mcpu=v3 -O2 -g -Wall -Wno-unused-const-variable -Wno-unused-variable -Wno-visibility \
        -ffile-prefix-map="$PWD"=. -fdebug-compilation-dir=. -c "$source" -o "$object"
    llvm-strip-16 -g "$object"
done
