package org.syscope.chisels.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Lua's patterns on bytes: classes ({@code %a %c %d %g %l %p %s %u %w %x %z}), sets, the four repetitions, {@code %bxy},
 * {@code %fset}, captures and position captures, back references.
 */
final class LuaPattern {
    private static final int MOST_CAPTURES = 32;
    private static final int UNFINISHED = -1;
    private static final int POSITION = -2;
    private static final int STEPS_PER_CHECK = 10_000;

    private final LuaEngine engine;
    private final byte[] text;
    private final int textStart;
    private final int textEnd;
    private final byte[] pattern;
    private final int patternEnd;
    private final int[] starts = new int[MOST_CAPTURES];
    private final int[] lengths = new int[MOST_CAPTURES];
    private int level;
    private int steps;

    LuaPattern(LuaEngine engine, LuaString text, LuaString pattern) {
        this.engine = engine;
        this.text = text.m_bytes;
        this.textStart = text.m_offset;
        this.textEnd = text.m_offset + text.m_length;
        this.pattern = pattern.m_bytes;
        this.patternEnd = pattern.m_offset + pattern.m_length;
    }

    /**
     * Matches at one place.
     *
     * @param at where in the text's array
     * @param patternAt where in the pattern's array, behind a {@code ^}
     * @return where the match ends in the text's array; -1 if there is none
     */
    int match(int at, int patternAt) {
        level = 0;
        return go(at, patternAt);
    }

    /** How many captures the match has. */
    int captures() {
        return level;
    }

    /** A capture from 0; the whole match if the pattern has none. */
    LuaValue capture(int index, int start, int end) {
        if (index >= level) {
            if (index != 0) {
                throw new LuaError("invalid capture index");
            }
            return piece(start, end - start);
        }
        int length = lengths[index];
        if (length == UNFINISHED) {
            throw new LuaError("unfinished capture");
        }
        return length == POSITION ? LuaValue.valueOf(starts[index] - textStart + 1) : piece(starts[index], length);
    }

    /** The text between two places of the array. */
    LuaString whole(int start, int end) {
        return piece(start, end - start);
    }

    private LuaString piece(int from, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(text, from, copy, 0, length);
        return LuaString.valueUsing(copy, 0, length);
    }

    private int go(int s, int p) {
        while (true) {
            if (++steps > STEPS_PER_CHECK) {
                steps = 0;
                engine.check();
            }
            if (p == patternEnd) {
                return s;
            }
            switch (pattern[p]) {
                case '(' -> {
                    return p + 1 < patternEnd && pattern[p + 1] == ')' ? open(s, p + 2, POSITION) : open(s, p + 1, UNFINISHED);
                }
                case ')' -> {
                    return shut(s, p + 1);
                }
                case '$' -> {
                    if (p + 1 == patternEnd) {
                        return s == textEnd ? s : -1;
                    }
                }
                case '%' -> {
                    int kind = p + 1 < patternEnd ? pattern[p + 1] : 0;
                    if (kind == 'b') {
                        s = balance(s, p + 2);
                        if (s < 0) {
                            return -1;
                        }
                        p += 4;
                        continue;
                    } else if (kind == 'f') {
                        p += 2;
                        if (p >= patternEnd || pattern[p] != '[') {
                            throw new LuaError("missing '[' after '%f' in pattern");
                        }
                        int end = classEnd(p);
                        int before = s == textStart ? 0 : text[s - 1] & 0xff;
                        int here = s == textEnd ? 0 : text[s] & 0xff;
                        if (inSet(before, p, end - 1) || !inSet(here, p, end - 1)) {
                            return -1;
                        }
                        p = end;
                        continue;
                    } else if (kind >= '0' && kind <= '9') {
                        s = back(s, kind);
                        if (s < 0) {
                            return -1;
                        }
                        p += 2;
                        continue;
                    }
                }
                default -> {
                }
            }
            int end = classEnd(p);
            int repetition = end < patternEnd ? pattern[end] : 0;
            switch (repetition) {
                case '?' -> {
                    if (single(s, p, end)) {
                        int result = go(s + 1, end + 1);
                        if (result >= 0) {
                            return result;
                        }
                    }
                    p = end + 1;
                }
                case '*' -> {
                    return longest(s, p, end);
                }
                case '+' -> {
                    return single(s, p, end) ? longest(s + 1, p, end) : -1;
                }
                case '-' -> {
                    return shortest(s, p, end);
                }
                default -> {
                    if (!single(s, p, end)) {
                        return -1;
                    }
                    s++;
                    p = end;
                }
            }
        }
    }

    private int open(int s, int p, int what) {
        if (level >= MOST_CAPTURES) {
            throw new LuaError("too many captures");
        }
        starts[level] = s;
        lengths[level] = what;
        level++;
        int result = go(s, p);
        if (result < 0) {
            level--;
        }
        return result;
    }

    private int shut(int s, int p) {
        int index = level - 1;
        while (index >= 0 && lengths[index] != UNFINISHED) {
            index--;
        }
        if (index < 0) {
            throw new LuaError("invalid pattern capture");
        }
        lengths[index] = s - starts[index];
        int result = go(s, p);
        if (result < 0) {
            lengths[index] = UNFINISHED;
        }
        return result;
    }

    private int balance(int s, int p) {
        if (p + 1 >= patternEnd) {
            throw new LuaError("unbalanced pattern");
        }
        if (s >= textEnd || text[s] != pattern[p]) {
            return -1;
        }
        int depth = 1;
        for (int i = s + 1; i < textEnd; i++) {
            if (text[i] == pattern[p + 1]) {
                if (--depth == 0) {
                    return i + 1;
                }
            } else if (text[i] == pattern[p]) {
                depth++;
            }
        }
        return -1;
    }

    private int back(int s, int digit) {
        int index = digit - '1';
        if (index < 0 || index >= level || lengths[index] == UNFINISHED) {
            throw new LuaError("invalid capture index");
        }
        int length = Math.max(lengths[index], 0);
        if (textEnd - s < length) {
            return -1;
        }
        for (int i = 0; i < length; i++) {
            if (text[starts[index] + i] != text[s + i]) {
                return -1;
            }
        }
        return s + length;
    }

    private int longest(int s, int p, int end) {
        int count = 0;
        while (single(s + count, p, end)) {
            count++;
        }
        for (; count >= 0; count--) {
            int result = go(s + count, end + 1);
            if (result >= 0) {
                return result;
            }
        }
        return -1;
    }

    private int shortest(int s, int p, int end) {
        while (true) {
            int result = go(s, end + 1);
            if (result >= 0) {
                return result;
            }
            if (!single(s, p, end)) {
                return -1;
            }
            s++;
        }
    }

    private int classEnd(int p) {
        int at = p + 1;
        if (pattern[p] == '%') {
            if (at >= patternEnd) {
                throw new LuaError("malformed pattern (ends with '%')");
            }
            return at + 1;
        }
        if (pattern[p] != '[') {
            return at;
        }
        if (at < patternEnd && pattern[at] == '^') {
            at++;
        }
        do {
            if (at >= patternEnd) {
                throw new LuaError("malformed pattern (missing ']')");
            }
            if (pattern[at++] == '%') {
                at++;
            }
        } while (at >= patternEnd || pattern[at] != ']');
        return at + 1;
    }

    private boolean single(int s, int p, int end) {
        if (s >= textEnd) {
            return false;
        }
        int c = text[s] & 0xff;
        return switch (pattern[p]) {
            case '.' -> true;
            case '%' -> inClass(c, pattern[p + 1]);
            case '[' -> inSet(c, p, end - 1);
            default -> (pattern[p] & 0xff) == c;
        };
    }

    private boolean inSet(int c, int p, int last) {
        boolean sense = true;
        int at = p + 1;
        if (pattern[at] == '^') {
            sense = false;
            at++;
        }
        for (; at < last; at++) {
            if (pattern[at] == '%') {
                at++;
                if (inClass(c, pattern[at])) {
                    return sense;
                }
            } else if (at + 2 < last && pattern[at + 1] == '-') {
                if ((pattern[at] & 0xff) <= c && c <= (pattern[at + 2] & 0xff)) {
                    return sense;
                }
                at += 2;
            } else if ((pattern[at] & 0xff) == c) {
                return sense;
            }
        }
        return !sense;
    }

    private static boolean inClass(int c, int letter) {
        boolean result = switch (letter | 0x20) {
            case 'a' -> isLetter(c);
            case 'c' -> c < 0x20 || c == 0x7f;
            case 'd' -> c >= '0' && c <= '9';
            case 'g' -> c > 0x20 && c < 0x7f;
            case 'l' -> c >= 'a' && c <= 'z';
            case 'p' -> c > 0x20 && c < 0x7f && !isLetter(c) && !(c >= '0' && c <= '9');
            case 's' -> c == ' ' || c >= 9 && c <= 13;
            case 'u' -> c >= 'A' && c <= 'Z';
            case 'w' -> isLetter(c) || c >= '0' && c <= '9';
            case 'x' -> c >= '0' && c <= '9' || (c | 0x20) >= 'a' && (c | 0x20) <= 'f';
            case 'z' -> c == 0;
            default -> false;
        };
        boolean isClass = "acdglpsuwxz".indexOf(letter | 0x20) >= 0 && Character.isLetter(letter);
        if (!isClass) {
            return letter == (byte) c;
        }
        return result == (letter >= 'a');
    }

    private static boolean isLetter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80;
    }
}
