package org.syscope.filters.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code pmatch}: whether one of several paths is a prefix of the value, component by component. The paths are a tree
 * of components, of which each may be a shell pattern; empty components do not count. The path {@code /} is a prefix
 * of every absolute path.
 */
final class PathMatcher extends Matcher {
    private final Component root = new Component(new byte[0]);

    private static final class Component {
        private final byte[] name;
        private final boolean pattern;
        private final List<Component> children = new ArrayList<>();
        private Component[] next = {};
        private boolean end;

        Component(byte[] name) {
            this.name = name;
            this.pattern = Glob.isPattern(name, 0, name.length);
        }

        boolean fits(byte[] array, int offset, int length) {
            return pattern ? Glob.matches(name, 0, name.length, array, offset, length, false)
                    : ByteSlices.equal(array, offset, length, name, 0, name.length);
        }
    }

    PathMatcher(List<byte[]> paths) {
        for (byte[] path : paths) {
            add(path);
        }
    }

    private void add(byte[] path) {
        Component at = root;
        int i = 0;
        while (i < path.length) {
            int end = componentEnd(path, i, path.length);
            if (end > i) {
                at = child(at, path, i, end);
            }
            i = end + 1;
        }
        at.end |= at != root || path.length > 0;
    }

    private static Component child(Component parent, byte[] path, int from, int to) {
        for (Component child : parent.children) {
            if (ByteSlices.equal(path, from, to - from, child.name, 0, child.name.length)) {
                return child;
            }
        }
        byte[] name = Arrays.copyOfRange(path, from, to);
        Component child = new Component(name);
        parent.children.add(child);
        parent.next = parent.children.toArray(Component[]::new);
        return child;
    }

    @Override
    boolean bytes(byte[] array, int offset, int length) {
        if (root.end && length > 0 && array[offset] == '/') {
            return true;
        }
        return walk(root, array, offset, offset + length);
    }

    private static boolean walk(Component at, byte[] array, int from, int end) {
        int start = from;
        while (start < end && array[start] == '/') {
            start++;
        }
        if (start == end) {
            return false;
        }
        int stop = componentEnd(array, start, end);
        for (Component child : at.next) {
            if (child.fits(array, start, stop - start) && (child.end || walk(child, array, stop, end))) {
                return true;
            }
        }
        return false;
    }

    private static int componentEnd(byte[] array, int from, int end) {
        int i = from;
        while (i < end && array[i] != '/') {
            i++;
        }
        return i;
    }

    @Override
    int cost() {
        return 25;
    }
}
