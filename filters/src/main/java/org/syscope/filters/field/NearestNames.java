package org.syscope.filters.field;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Finds what a mistyped name may have meant: by edit distance (insert, delete, replace, swap of neighbours), and by
 * being the beginning or the last part of a longer name.
 */
public final class NearestNames {
    private static final int AT_MOST = 4;

    private NearestNames() {
    }

    private record Candidate(String name, int distance) {
    }

    /**
     * The nearest names.
     *
     * @param wrong what was typed
     * @param names the valid names
     * @return at most four, best first; empty if none comes near
     */
    public static List<String> of(String wrong, Collection<String> names) {
        int limit = wrong.length() <= 3 ? 1 : wrong.length() <= 8 ? 2 : 3;
        List<Candidate> found = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            int distance = distance(wrong, name);
            if (distance > limit && wrong.length() >= 3) {
                if (name.startsWith(wrong) || name.endsWith("." + wrong)) {
                    distance = limit;
                } else if (name.length() > 3 && wrong.startsWith(name)) {
                    distance = limit;
                } else if (sharesStart(wrong, name)) {
                    distance = limit + 1;
                } else {
                    continue;
                }
            } else if (distance > limit) {
                continue;
            }
            found.add(new Candidate(name, distance));
        }
        found.sort(Comparator.comparingInt(Candidate::distance).thenComparingInt(c -> c.name().length()));
        return found.stream().limit(AT_MOST).map(Candidate::name).toList();
    }

    /** The typed name is the beginning of the other but for its own last letter: openn and openat. */
    private static boolean sharesStart(String wrong, String name) {
        int n = wrong.length() - 1;
        return n >= 4 && name.length() <= wrong.length() + 2 && name.regionMatches(0, wrong, 0, n);
    }

    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, before[j - 2] + 1);
                }
                current[j] = best;
            }
            int[] swap = before;
            before = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
