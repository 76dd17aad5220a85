package org.syscope.capture.bpf;

/**
 * One CO-RE relocation: a number in an instruction that depends on the running kernel's types.
 *
 * @param instruction index of the instruction in its section
 * @param type the root type in the object's BTF
 * @param path for a field the indices to it, such as {@code 0:1:2}; for an enumerator its index; else {@code 0}
 * @param kind what the number is
 */
record CoreRelocation(int instruction, int type, String path, Kind kind) implements Placed {
    /** What number is asked for; the order is that of the kernel's {@code enum bpf_core_relo_kind}. */
    enum Kind {
        FIELD_BYTE_OFFSET,
        FIELD_BYTE_SIZE,
        FIELD_EXISTS,
        FIELD_SIGNED,
        FIELD_LSHIFT_U64,
        FIELD_RSHIFT_U64,
        TYPE_ID_LOCAL,
        TYPE_ID_TARGET,
        TYPE_EXISTS,
        TYPE_SIZE,
        ENUMVAL_EXISTS,
        ENUMVAL_VALUE,
        TYPE_MATCHES;

        boolean field() {
            return compareTo(FIELD_RSHIFT_U64) <= 0;
        }

        boolean type() {
            return compareTo(TYPE_ID_LOCAL) >= 0 && compareTo(TYPE_SIZE) <= 0 || this == TYPE_MATCHES;
        }

        boolean enumerator() {
            return this == ENUMVAL_EXISTS || this == ENUMVAL_VALUE;
        }
    }

    /** What the relocation means apart from the place where it is applied. */
    record Question(int type, String path, Kind kind) {
        // Written out because what a record brings costs its first user milliseconds of start-up.
        @Override
        public boolean equals(Object other) {
            return other instanceof Question question && type == question.type && kind == question.kind
                    && path.equals(question.path);
        }

        @Override
        public int hashCode() {
            return (type * 31 + kind.ordinal()) * 31 + path.hashCode();
        }
    }

    Question question() {
        return new Question(type, path, kind);
    }
}
