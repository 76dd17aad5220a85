package org.syscope.capture.bpf;

/**
 * The way from a root type to a field, in one BTF: the steps that have a name or are array indices, and where in bits
 * the field begins. Steps through anonymous members are not kept: they may differ between kernels.
 */
final class CoreSpec {
    /** Longest way, as in the kernel. */
    static final int LONGEST = 64;

    final Btf btf;
    final int root;
    final int[] types = new int[LONGEST];
    final int[] indices = new int[LONGEST];
    final String[] names = new String[LONGEST];
    int length;
    long bitOffset;

    CoreSpec(Btf btf, int root) {
        this.btf = btf;
        this.root = root;
    }

    /** Adds a step: in {@code type}, go to member or element {@code index}; {@code name} null for an element. */
    void add(int type, int index, String name) throws BpfException {
        if (length == LONGEST) {
            throw btf.damaged("a field lies too deep");
        }
        types[length] = type;
        indices[length] = index;
        names[length++] = name;
    }

    int lastType() {
        return types[length - 1];
    }

    int lastIndex() {
        return indices[length - 1];
    }

    String lastName() {
        return names[length - 1];
    }

    /**
     * Follows a relocation's path in the object's own types.
     *
     * @param btf the object's types
     * @param question the relocation
     * @return the way
     */
    static CoreSpec local(Btf btf, CoreRelocation.Question question) throws BpfException {
        CoreSpec spec = new CoreSpec(btf, question.type());
        if (question.kind().type()) {
            if (!question.path().equals("0")) {
                throw btf.damaged("bad path " + question.path());
            }
            return spec;
        }
        int[] path = path(btf, question.path());
        int type = btf.resolve(question.type());
        if (question.kind().enumerator()) {
            if (!btf.anyEnum(type) || path.length != 1) {
                throw btf.damaged("bad path to an enumerator");
            }
            spec.add(type, path[0], btf.enumName(type, path[0]));
            return spec;
        }
        spec.add(type, path[0], null);
        spec.bitOffset = path[0] * btf.size(type) * 8;
        for (int step = 1; step < path.length; step++) {
            type = btf.resolve(type);
            int index = path[step];
            if (btf.composite(type)) {
                String name = btf.memberName(type, index);
                spec.bitOffset += btf.memberBitOffset(type, index);
                if (!name.isEmpty()) {
                    spec.add(type, index, name);
                }
                type = btf.memberType(type, index);
            } else if (btf.kind(type) == Btf.ARRAY) {
                if (index >= btf.arrayLength(type) && !spec.endsInFlexibleArray(type)) {
                    throw btf.damaged("path " + question.path() + " leaves its array");
                }
                type = btf.resolve(btf.arrayElement(type));
                spec.add(type, index, null);
                spec.bitOffset += index * btf.size(type) * 8;
            } else {
                throw btf.damaged("path " + question.path() + " goes through no struct, union or array");
            }
        }
        return spec;
    }

    /** Whether an array that the last step led to has any length: the last member of a struct, of declared length 0. */
    boolean endsInFlexibleArray(int array) throws BpfException {
        if (btf.arrayLength(array) > 0 || lastName() == null) {
            return false;
        }
        return btf.kind(lastType()) == Btf.STRUCT && lastIndex() == btf.vlen(lastType()) - 1;
    }

    private static int[] path(Btf btf, String text) throws BpfException {
        String[] parts = text.split(":", -1);
        if (parts.length > LONGEST) {
            throw btf.damaged("a field lies too deep");
        }
        int[] path = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            try {
                path[i] = Integer.parseInt(parts[i]);
            } catch (NumberFormatException bad) {
                throw btf.damaged("bad path '" + text + "'");
            }
            if (path[i] < 0) {
                throw btf.damaged("bad path '" + text + "'");
            }
        }
        return path;
    }

    /** {@return the way as C says it, such as {@code struct task_struct.signal.nr_threads}} */
    String describe() throws BpfException {
        StringBuilder out = new StringBuilder();
        switch (btf.kind(root)) {
            case Btf.STRUCT -> out.append("struct ");
            case Btf.UNION -> out.append("union ");
            case Btf.ENUM, Btf.ENUM64 -> out.append("enum ");
            default -> { }
        }
        out.append(btf.name(root));
        for (int step = 0; step < length; step++) {
            if (names[step] != null) {
                out.append('.').append(names[step]);
            } else if (step > 0) {
                out.append('[').append(indices[step]).append(']');
            }
        }
        return out.toString();
    }
}
