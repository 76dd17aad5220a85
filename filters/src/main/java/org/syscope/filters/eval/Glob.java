package org.syscope.filters.eval;

/**
 * Shell patterns as fnmatch(3) without flags understands them: {@code *} any characters, {@code ?} one, {@code [a-z]},
 * {@code [!a-z]} and {@code [[:alpha:]]} one of a set, backslash takes the next character as it is. Slashes and leading
 * dots are characters like others. A character is a UTF-8 sequence, or a byte that belongs to none.
 */
final class Glob {
    private static final int NONE = -1;
    private static final String[] CLASSES = {"alpha", "digit", "alnum", "upper", "lower", "space", "blank", "punct",
        "print", "graph", "cntrl", "xdigit"};

    private Glob() {
    }

    /** Whether a pattern has characters that mean more than themselves. */
    static boolean isPattern(byte[] p, int from, int size) {
        for (int i = from; i < from + size; i++) {
            if (p[i] == '*' || p[i] == '?' || p[i] == '[' || p[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** Whether the pattern fits the whole text. Takes at most (pattern length x text length) steps. */
    static boolean matches(byte[] p, int po, int pn, byte[] t, int to, int tn, boolean ignoreCase) {
        int pEnd = po + pn;
        int tEnd = to + tn;
        int pi = po;
        int ti = to;
        int starPattern = NONE;
        int starText = 0;
        while (true) {
            int next = NONE;
            if (pi < pEnd && p[pi] == '*') {
                starPattern = ++pi;
                starText = ti;
                continue;
            }
            if (pi == pEnd) {
                if (ti == tEnd) {
                    return true;
                }
            } else if (ti < tEnd) {
                next = one(p, pi, pEnd, t, ti, tEnd, ignoreCase);
            }
            if (next != NONE) {
                pi = next;
                ti += width(t, ti, tEnd);
            } else if (starPattern != NONE && starText < tEnd) {
                starText += width(t, starText, tEnd);
                ti = starText;
                pi = starPattern;
            } else {
                return false;
            }
        }
    }

    /** Fits one character of the pattern to one of the text; gives the pattern's next offset, or NONE. */
    private static int one(byte[] p, int pi, int pEnd, byte[] t, int ti, int tEnd, boolean ignoreCase) {
        int c = character(t, ti, tEnd);
        if (p[pi] == '?') {
            return pi + 1;
        }
        if (p[pi] == '[') {
            int end = setEnd(p, pi, pEnd);
            if (end != NONE) {
                boolean in = inSet(p, pi, end, c)
                        || ignoreCase && (inSet(p, pi, end, swapCase(c)));
                return in != isNegated(p, pi) ? end : NONE;
            }
        }
        int at = pi;
        if (p[pi] == '\\') {
            at = pi + 1;
            if (at == pEnd) {
                return NONE;
            }
        }
        int wanted = character(p, at, pEnd);
        if (wanted == c || ignoreCase && swapCase(wanted) == c) {
            return at + width(p, at, pEnd);
        }
        return NONE;
    }

    private static boolean isNegated(byte[] p, int open) {
        return p[open + 1] == '!' || p[open + 1] == '^';
    }

    /** The offset behind a set's closing bracket, NONE if it is not closed and so no set. */
    private static int setEnd(byte[] p, int open, int pEnd) {
        int i = open + 1;
        if (i < pEnd && (p[i] == '!' || p[i] == '^')) {
            i++;
        }
        boolean first = true;
        while (i < pEnd) {
            if (p[i] == ']' && !first) {
                return i + 1;
            }
            first = false;
            int named = classEnd(p, i, pEnd);
            if (named != NONE) {
                i = named;
            } else if (p[i] == '\\' && i + 1 < pEnd) {
                i += 2;
            } else {
                i++;
            }
        }
        return NONE;
    }

    /** The offset behind a {@code [:name:]} that begins here, or NONE. */
    private static int classEnd(byte[] p, int i, int pEnd) {
        if (p[i] != '[' || i + 1 >= pEnd || p[i + 1] != ':') {
            return NONE;
        }
        for (int j = i + 2; j + 1 < pEnd; j++) {
            if (p[j] == ':' && p[j + 1] == ']') {
                return j + 2;
            }
            if (p[j] < 'a' || p[j] > 'z') {
                return NONE;
            }
        }
        return NONE;
    }

    private static boolean inSet(byte[] p, int open, int end, int c) {
        int i = open + 1 + (isNegated(p, open) ? 1 : 0);
        int close = end - 1;
        while (i < close) {
            int named = classEnd(p, i, close);
            if (named != NONE) {
                if (inClass(p, i + 2, named - i - 4, c)) {
                    return true;
                }
                i = named;
                continue;
            }
            if (p[i] == '\\' && i + 1 < close) {
                i++;
            }
            int low = character(p, i, close);
            i += width(p, i, close);
            int high = low;
            if (i + 1 < close && p[i] == '-') {
                i++;
                if (p[i] == '\\' && i + 1 < close) {
                    i++;
                }
                high = character(p, i, close);
                i += width(p, i, close);
            }
            if (c >= low && c <= high) {
                return true;
            }
        }
        return false;
    }

    private static boolean inClass(byte[] p, int from, int size, int c) {
        for (int k = 0; k < CLASSES.length; k++) {
            String name = CLASSES[k];
            boolean same = name.length() == size;
            for (int i = 0; same && i < size; i++) {
                same = p[from + i] == name.charAt(i);
            }
            if (same) {
                return inClass(k, c);
            }
        }
        return false;
    }

    private static boolean inClass(int index, int c) {
        boolean lower = c >= 'a' && c <= 'z';
        boolean upper = c >= 'A' && c <= 'Z';
        boolean digit = c >= '0' && c <= '9';
        boolean graph = c > 0x20 && c < 0x7F;
        return switch (index) {
            case 0 -> lower || upper;
            case 1 -> digit;
            case 2 -> lower || upper || digit;
            case 3 -> upper;
            case 4 -> lower;
            case 5 -> c == ' ' || c >= '\t' && c <= '\r';
            case 6 -> c == ' ' || c == '\t';
            case 7 -> graph && !lower && !upper && !digit;
            case 8 -> graph || c == ' ';
            case 9 -> graph;
            case 10 -> c >= 0 && c < 0x20 || c == 0x7F;
            default -> digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
        };
    }

    private static int swapCase(int c) {
        if (c >= 'a' && c <= 'z') {
            return c - 32;
        }
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }

    /** Length of the UTF-8 sequence at an offset; 1 for a byte that begins none. */
    static int width(byte[] t, int i, int end) {
        int b = t[i] & 0xFF;
        int n = b < 0xC2 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : b < 0xF5 ? 4 : 1;
        if (n > end - i) {
            return 1;
        }
        for (int k = 1; k < n; k++) {
            if ((t[i + k] & 0xC0) != 0x80) {
                return 1;
            }
        }
        return n;
    }

    /** The code point at an offset; for a byte that begins no sequence a number above all code points. */
    private static int character(byte[] t, int i, int end) {
        int b = t[i] & 0xFF;
        if (b < 0x80) {
            return b;
        }
        int n = width(t, i, end);
        if (n == 1) {
            return 0x110000 + b;
        }
        int c = b & 0x7F >> n;
        for (int k = 1; k < n; k++) {
            c = c << 6 | t[i + k] & 0x3F;
        }
        return c;
    }
}
