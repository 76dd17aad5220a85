package org.syscope.filters.eval;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * A regular expression as a deterministic automaton over ASCII texts, one table look-up for each character. Its states
 * are found when a text first leads to them, and kept; an expression that leads to too many of them is given up. Once
 * its states are known, it allocates nothing.
 */
final class RegexAutomaton {
    /** What {@link #match} says of a text. */
    enum Answer {
        /** The expression fits the whole text. */
        YES,
        /** It does not. */
        NO,
        /** A character that is not ASCII would decide, or the automaton was given up. */
        UNKNOWN
    }

    private static final int MOST_STEPS = 4000;
    private static final int MOST_STATES = 2000;
    private static final int DEAD = 0;
    private static final int NOT_YET = -1;

    private RegexTree.Set[] sets = new RegexTree.Set[16];
    private int[] first = new int[16];
    private int[] second = new int[16];
    private int steps;
    private final int accept;
    private final int start;

    private final Map<BitSet, Integer> states = new HashMap<>();
    private BitSet[] members = new BitSet[16];
    private boolean[] accepting = new boolean[16];
    private int[][] next = new int[16][];
    private boolean givenUp;

    /** For an expression that RE2/J has accepted; check {@link #isUsable}. */
    RegexAutomaton(String expression) {
        RegexTree tree = RegexTree.parse(expression);
        accept = step(null, NOT_YET, NOT_YET);
        int begin = tree == null ? accept : build(tree, accept);
        givenUp = tree == null || steps > MOST_STEPS;
        state(new BitSet());
        BitSet initial = new BitSet();
        if (!givenUp) {
            close(begin, initial);
        }
        start = state(initial);
    }

    boolean isUsable() {
        return !givenUp;
    }

    // ---- steps of the nondeterministic automaton: a character of a set, or a fork without one

    private int step(RegexTree.Set set, int to, int or) {
        if (steps == sets.length) {
            sets = Arrays.copyOf(sets, steps * 2);
            first = Arrays.copyOf(first, steps * 2);
            second = Arrays.copyOf(second, steps * 2);
        }
        sets[steps] = set;
        first[steps] = to;
        second[steps] = or;
        return steps++;
    }

    /** Builds the steps of a tree in front of a step; gives the first of them. */
    private int build(RegexTree tree, int then) {
        if (steps > MOST_STEPS) {
            return then;
        }
        switch (tree) {
            case RegexTree.Set set -> {
                return step(set, then, NOT_YET);
            }
            case RegexTree.Sequence sequence -> {
                int to = then;
                for (int i = sequence.parts().size() - 1; i >= 0; i--) {
                    to = build(sequence.parts().get(i), to);
                }
                return to;
            }
            case RegexTree.Choice choice -> {
                int to = build(choice.parts().getLast(), then);
                for (int i = choice.parts().size() - 2; i >= 0; i--) {
                    to = step(null, build(choice.parts().get(i), then), to);
                }
                return to;
            }
            case RegexTree.Repeat repeat -> {
                int to = then;
                if (repeat.most() < 0) {
                    int fork = step(null, NOT_YET, then);
                    first[fork] = build(repeat.part(), fork);
                    to = fork;
                }
                for (int i = repeat.least(); i < repeat.most() && steps <= MOST_STEPS; i++) {
                    to = step(null, build(repeat.part(), to), then);
                }
                for (int i = 0; i < repeat.least() && steps <= MOST_STEPS; i++) {
                    to = build(repeat.part(), to);
                }
                return to;
            }
        }
    }

    /** Adds a step and all that follow it without a character. */
    private void close(int from, BitSet into) {
        int[] stack = new int[2 * steps + 2];
        int depth = 0;
        stack[depth++] = from;
        while (depth > 0) {
            int at = stack[--depth];
            if (at == NOT_YET || into.get(at)) {
                continue;
            }
            into.set(at);
            if (sets[at] == null && at != accept) {
                stack[depth++] = second[at];
                stack[depth++] = first[at];
            }
        }
    }

    // ---- states

    private int state(BitSet steps) {
        Integer known = states.get(steps);
        if (known != null) {
            return known;
        }
        int state = states.size();
        if (state == members.length) {
            members = Arrays.copyOf(members, state * 2);
            accepting = Arrays.copyOf(accepting, state * 2);
            next = Arrays.copyOf(next, state * 2);
        }
        states.put(steps, state);
        members[state] = steps;
        accepting[state] = steps.get(accept);
        next[state] = new int[128];
        Arrays.fill(next[state], state == DEAD ? DEAD : NOT_YET);
        return state;
    }

    private int discover(int state, int c) {
        if (states.size() >= MOST_STATES) {
            givenUp = true;
            states.clear();
            return DEAD;
        }
        BitSet to = new BitSet();
        for (int at = members[state].nextSetBit(0); at >= 0; at = members[state].nextSetBit(at + 1)) {
            if (sets[at] != null && sets[at].contains(c)) {
                close(first[at], to);
            }
        }
        int result = state(to);
        next[state][c] = result;
        return result;
    }

    Answer match(byte[] text, int offset, int length) {
        if (givenUp) {
            return Answer.UNKNOWN;
        }
        int state = start;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            int c = text[i];
            if (c < 0) {
                return Answer.UNKNOWN;
            }
            int to = next[state][c];
            if (to == NOT_YET) {
                to = discover(state, c);
                if (givenUp) {
                    return Answer.UNKNOWN;
                }
            }
            if (to == DEAD) {
                return Answer.NO;
            }
            state = to;
        }
        return accepting[state] ? Answer.YES : Answer.NO;
    }
}
