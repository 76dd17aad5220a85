package org.syscope.filters.text;

/**
 * Joins a directory and a relative path and takes out {@code .}, {@code ..} and repeated slashes, as bytes. The result
 * ends without a slash, unless it is the root.
 */
public final class PathText {

    private PathText() {
    }

    /**
     * Adds {@code path}, normalised. What was written into {@code out} behind {@code base} is the directory it is
     * relative to, with a slash at its end, or nothing; it becomes part of the result.
     */
    public static void join(OutputBuffer out, int base, byte[] path, int offset, int count) {
        boolean emptyBase = out.length() == base;
        int end = offset + count;
        int i = offset;
        while (i < end) {
            int next = i;
            while (next < end && path[next] != '/') {
                next++;
            }
            boolean slash = next < end;
            if (isPart(path, i, next, ".")) {
                i = next + 1;
                continue;
            }
            if (isPart(path, i, next, "..")) {
                parent(out, base);
            } else {
                out.append(path, i, next - i);
                boolean separated = out.length() == base ? !emptyBase : out.array()[out.length() - 1] == '/';
                if (slash && !separated) {
                    out.append('/');
                }
            }
            i = next + 1;
        }
        if (out.length() > base + 1 && out.array()[out.length() - 1] == '/') {
            out.truncate(out.length() - 1);
        }
    }

    private static boolean isPart(byte[] path, int from, int to, String part) {
        if (to - from != part.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (path[i] != '.') {
                return false;
            }
        }
        return true;
    }

    /** Takes the last part away; the root stays. */
    private static void parent(OutputBuffer out, int base) {
        byte[] bytes = out.array();
        int end = out.length();
        if (end > base && bytes[end - 1] == '/') {
            end--;
        }
        while (end > base && bytes[end - 1] != '/') {
            end--;
        }
        if (end == base && out.length() > base && bytes[base] == '/') {
            end = base + 1;
        }
        out.truncate(end);
    }

    /** Where the last part of a path begins: behind its last slash, or at 0. */
    public static int lastPart(byte[] path, int count) {
        int i = count;
        while (i > 0 && path[i - 1] != '/') {
            i--;
        }
        return i;
    }
}
