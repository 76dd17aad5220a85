#!/usr/bin/env bash
# Measures what a trace costs the traced and what of it is lost: loops of getppid, of read (64 bytes of /dev/zero) and of
# dd bs=1, each untraced, recorded to a file, printed to /dev/null, and under a filter that matches nothing. Needs root and gcc.
# Each traced run is divided by an untraced run right before it; the table has the medians: of the wall time, and of the loop's
# own CPU time, which says more where other programs want the CPUs. Of the losses it has the worst.
#
#   slowdown.sh [RUNS [CALLS]]     5 runs of 1,000,000 calls where nothing else is said
#
# SYSCOPE  the launcher, cli/bin/syscope of this checkout if not set
# LOOPS, CASES  some of "getppid read dd", "file text none"
set -eu
export LC_ALL=C
runs=${1:-5}
calls=${2:-1000000}
here=$(cd -- "$(dirname -- "$0")" && pwd)
syscope=${SYSCOPE:-$here/../../../bin/syscope}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
gcc -O1 -o "$folder/loops" "$here/loops.c"

traced() {
    case $1 in
        file) "$syscope" -w "$folder/trace.scap" -- "$folder/loops" "$2" "$calls"; rm -f "$folder/trace.scap" ;;
        text) "$syscope" -- "$folder/loops" "$2" "$calls" > /dev/null ;;
        none) "$syscope" proc.name=nosuch -- "$folder/loops" "$2" "$calls" ;;
    esac 2> "$folder/err"
}
median() {
    cut -d' ' -f"$1" "$folder/rows" | sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}
worst() {
    cut -d' ' -f"$1" "$folder/rows" | sort -g | tail -n 1
}

printf '%-8s %-5s %12s %12s %10s %10s %8s\n' loop case untraced traced 'wall time' 'CPU time' lost
for name in ${LOOPS:-getppid read dd}; do
    for case in ${CASES:-file text none}; do
        : > "$folder/rows"
        for run in $(seq "$runs"); do
            "$folder/loops" "$name" "$calls" 2> "$folder/untraced"
            traced "$case" "$name"
            cat "$folder/untraced" "$folder/err" | awk -v calls="$calls" '
                /^nanoseconds/ { wall[++n] = $2; cpu[n] = $3 }
                / events, .* lost / { for (i = 2; i < NF; i++) if ($i == "lost") { gsub(",", "", $(i - 1)); lost = $(i - 1) } }
                END { print cpu[1], cpu[2], wall[2] / wall[1], cpu[2] / cpu[1], 100 * lost / calls }' >> "$folder/rows"
        done
        printf '%-8s %-5s %9.0f ns %9.0f ns %9.2fx %9.2fx %7.2f%%\n' "$name" "$case" \
            "$(median 1)" "$(median 2)" "$(median 3)" "$(median 4)" "$(worst 5)"
    done
done
