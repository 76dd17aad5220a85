#!/bin/sh
# Traces a command by "strace -f" and by syscope in the same run and compares, for each thread, the calls in their order,
# their results and the first path of each. Prints what differs; status 0: nothing, 1: something, 2: not possible
# here, or events were lost.
#
#     strace-parity.sh [-s SYSCOPE] COMMAND ARGUMENT...
#
# Left out, since the two cannot agree on it: the last call of a thread (exit, exit_group, or one that a signal ended),
# which has no result; results of getsockname and getpeername, for which the format has no parameter; the child's side
# of a clone, which strace does not show; results of interrupted calls that the kernel restarts, which strace names by
# their internal errno.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
syscope=$here/../../../bin/syscope
if [ "$1" = -s ]; then
    syscope=$2
    shift 2
fi
[ $# -gt 0 ] || { echo "usage: $0 [-s SYSCOPE] COMMAND ARGUMENT..." >&2; exit 2; }
LC_ALL=C
export LC_ALL
command -v strace > /dev/null || { echo "$0: strace is not installed" >&2; exit 2; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

"$syscope" -q -w "$work/capture" -- strace -f -qq -e signal=none -o "$work/strace" -- "$@" > /dev/null 2> "$work/messages"
[ -s "$work/strace" ] && [ -s "$work/capture" ] || { cat "$work/messages" >&2; exit 2; }
if ! grep -q ' 0 lost' "$work/messages"; then
    cat "$work/messages" >&2
    exit 2
fi
tab=$(printf '\t')
paths='%evt.rawarg.name	%evt.rawarg.path	%evt.rawarg.pathname	%evt.rawarg.filename	%evt.rawarg.oldpath'
ids='%evt.rawarg.uid	%evt.rawarg.euid	%evt.rawarg.gid	%evt.rawarg.egid'
"$syscope" -r "$work/capture" -p "*%thread.tid	%evt.type	%evt.rawres	%evt.res	$paths	$ids" \
    'evt.category != scheduler and not evt.type in (switch, procexit, signaldeliver, drop, page_fault)' > "$work/events" || exit 2

# Both become: thread TAB call TAB result TAB path
awk '
function named(call) {
    if (call == "pread64" || call == "pwrite64" || call == "prlimit64") sub("64$", "", call)
    return call
}
function plain(text,    out, code) {
    out = ""
    while (match(text, /\\[0-7][0-7][0-7]/)) {
        code = substr(text, RSTART + 1, 1) * 64 + substr(text, RSTART + 2, 1) * 8 + substr(text, RSTART + 3, 1)
        out = out substr(text, 1, RSTART - 1) sprintf("%c", code)
        text = substr(text, RSTART + 4)
    }
    return out text
}
function octal(text,    i, value) {
    value = 0
    for (i = 1; i <= length(text); i++) value = value * 8 + substr(text, i, 1)
    return value
}
function number(text,    i, value) {
    if (text !~ /^0x/) return text
    value = 0
    for (i = 3; i <= length(text); i++) value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
    return sprintf("%.0f", value)
}
{
    thread = $1
    line = substr($0, length(thread) + 1)
    sub(/^ +/, "", line)
    if (line ~ /<unfinished \.\.\.>$/) {
        sub(/ *<unfinished \.\.\.>$/, "", line)
        begun[thread] = line
        next
    }
    if (line ~ /^<\.\.\. [a-z0-9_]+ resumed>/) {
        sub(/^<\.\.\. [a-z0-9_]+ resumed>/, "", line)
        line = begun[thread] line
        delete begun[thread]
    }
    if (line !~ /^[a-z0-9_]+\(/) next
    call = substr(line, 1, index(line, "(") - 1)
    if (call == "exit" || call == "exit_group") next
    result = line
    if (!sub(/.*\) += /, "", result)) next
    count = split(result, words, " ")
    if (words[1] == "?") result = "restarted"
    else if (words[1] == "-1" && words[2] ~ /^E/) result = words[2]
    else result = call == "umask" ? octal(words[1]) : number(words[1])
    if (call == "getsockname" || call == "getpeername") result = ""
    path = ""
    arguments = substr(line, length(call) + 2)
    if (call ~ /^(open|creat|stat|lstat|access|execve|chdir|mkdir|rmdir|unlink|readlink|chmod|chown|lchown|statfs|link|rename|symlink)$/ ||
            call ~ /^(openat|openat2|newfstatat|faccessat|faccessat2|readlinkat|mkdirat|unlinkat|fchmodat|statx)$/) {
        at = index(arguments, "\"")
        if (at) {
            path = substr(arguments, at + 1)
            path = plain(substr(path, 1, index(path, "\"") - 1))
        }
    }
    print thread "\t" named(call) "\t" result "\t" path
}' "$work/strace" > "$work/expected"

awk -F '\t' '
NR == FNR { known[$1] = 1; next }
!($1 in known) { next }
{
    if ($2 == "getsockname" || $2 == "getpeername") $3 = $4 = ""
    if ($2 ~ /^(clone|clone3|fork|vfork)$/ && $3 == "0") next
    result = $3
    # What strace does before it lets the command go.
    if (!first) first = $1
    if ($1 == first && !gone) {
        if ($2 != "execve" || $3 != "0") next
        gone = 1
    }
    if ($2 == "getuid") result = $10
    if ($2 == "geteuid") result = $11
    if ($2 == "getgid") result = $12
    if ($2 == "getegid") result = $13
    if (result ~ /^-51[2-6]$/) result = "restarted"
    else if (result ~ /^-[0-9]+$/ && $4 ~ /^E/) result = $4
    path = ""
    if ($2 ~ /^(open|creat|stat|lstat|access|execve|chdir|mkdir|rmdir|unlink|readlink|chmod|chown|lchown|statfs|link|rename|symlink)$/ ||
            $2 ~ /^(openat|openat2|newfstatat|faccessat|faccessat2|readlinkat|mkdirat|unlinkat|fchmodat|statx)$/) {
        if ($2 == "execve") path = $8
        else for (i = 5; i <= 9 && path == ""; i++) if ($i != "<NA>") path = $i
    }
    print $1 "\t" $2 "\t" result "\t" path
}' "$work/expected" "$work/events" > "$work/all"

for thread in $(cut -f1 "$work/expected" | sort -un); do
    grep "^$thread$tab" "$work/expected" > "$work/one"
    grep "^$thread$tab" "$work/all" > "$work/other"
    diff -U1 "$work/one" "$work/other" | grep -v '^---\|^+++' >> "$work/differences"
done
echo "$(wc -l < "$work/expected") calls of $(cut -f1 "$work/expected" | sort -u | wc -l) threads: $(grep -c '^[-+]' "$work/differences") differences"
[ -s "$work/differences" ] || exit 0
cat "$work/differences"
exit 1
