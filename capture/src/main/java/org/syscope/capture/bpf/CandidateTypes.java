package org.syscope.capture.bpf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The types of a kernel that have one of a few wanted names, found in one pass over all of them. A first look at two
 * bytes of each name rules nearly all out, so that no string is made for them.
 */
final class CandidateTypes {
    private final Btf btf;
    private final Map<String, int[]> byName = new HashMap<>();

    /**
     * Goes through all types.
     *
     * @param btf the kernel's types
     * @param wanted essential names
     */
    CandidateTypes(Btf btf, Set<String> wanted) throws BpfException {
        this.btf = btf;
        boolean[] starts = new boolean[1 << 16];
        for (String name : wanted) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            if (bytes.length == 1) {
                // A flavour's separator or the terminator may follow.
                starts[bytes[0] & 0xff] = true;
                starts[bytes[0] & 0xff | '_' << 8] = true;
            } else if (bytes.length > 1) {
                starts[bytes[0] & 0xff | (bytes[1] & 0xff) << 8] = true;
            }
        }
        byte[] strings = btf.strings();
        int last = strings.length - 1;
        int count = btf.count();
        for (int id = 1; id < count; id++) {
            int at = btf.nameOffset(id);
            if (at > 0 && at < last && starts[strings[at] & 0xff | (strings[at + 1] & 0xff) << 8]) {
                String name = Btf.essential(btf.string(at));
                if (wanted.contains(name)) {
                    byName.merge(name, new int[] {id}, CandidateTypes::join);
                }
            }
        }
    }

    private static int[] join(int[] some, int[] more) {
        int[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    Btf btf() {
        return btf;
    }

    /** {@return ids of all types with an essential name, of any kind, ascending} */
    int[] named(String essential) {
        return byName.getOrDefault(essential, new int[0]);
    }

    /** {@return the first type of a kind with exactly this name, or 0; the name must have been among the wanted} */
    int find(int kind, String name) throws BpfException {
        for (int id : named(Btf.essential(name))) {
            if (btf.kind(id) == kind && btf.name(id).equals(name)) {
                return id;
            }
        }
        return 0;
    }
}
