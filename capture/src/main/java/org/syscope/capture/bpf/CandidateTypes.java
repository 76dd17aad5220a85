package org.syscope.capture.bpf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The types of a kernel that have one of a few wanted names, found in one pass over all of them. A first look at three
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
        boolean[] starts = starts(wanted);
        byte[] strings = btf.strings();
        int last = strings.length - 2;
        int count = btf.count();
        for (int id = 1; id < count; id++) {
            int at = btf.nameOfType(id);
            if (at > 0 && at < last && starts[start(strings[at], strings[at + 1], strings[at + 2])]) {
                String name = Btf.essential(btf.string(at));
                if (wanted.contains(name)) {
                    byName.merge(name, new int[] {id}, CandidateTypes::join);
                }
            }
        }
    }

    /** Marks how the wanted names begin; behind a short one may come its end, with anything behind, or a flavour. */
    private static boolean[] starts(Set<String> wanted) {
        boolean[] starts = new boolean[1 << 16];
        for (String name : wanted) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            if (bytes.length >= 3) {
                starts[start(bytes[0], bytes[1], bytes[2])] = true;
            } else if (bytes.length == 2) {
                starts[start(bytes[0], bytes[1], (byte) 0)] = true;
                starts[start(bytes[0], bytes[1], (byte) '_')] = true;
            } else if (bytes.length == 1) {
                starts[start(bytes[0], (byte) '_', (byte) '_')] = true;
                for (int any = 0; any < 256; any++) {
                    starts[start(bytes[0], (byte) 0, (byte) any)] = true;
                }
            }
        }
        return starts;
    }

    private static int start(byte first, byte second, byte third) {
        return ((first & 0xff) ^ (second & 0xff) << 5 ^ (third & 0xff) << 10) & 0xffff;
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
