package org.syscope.capture.bpf;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers CO-RE relocations: finds the field, type or enumerator that an object names in the kernel's types, whatever
 * moved around it.
 */
final class CoreResolver {
    /**
     * The answer to a relocation.
     *
     * @param before the number that the compiler put into the instruction
     * @param after the number for this kernel
     * @param absent there is no such field, type or enumerator, so no number: the instruction must never be reached
     * @param checked whether {@code before} can be held against the instruction
     * @param sizeBefore of the field in bytes where the compiler knew it, 0 where it does not matter
     * @param sizeAfter of the field in bytes in this kernel
     * @param resizable whether an access of {@code sizeBefore} may become one of {@code sizeAfter}
     * @param subject what the relocation is about, as C says it
     */
    record Answer(long before, long after, boolean absent, boolean checked, long sizeBefore, long sizeAfter,
            boolean resizable, String subject) {
    }

    /** A number about a field, before it is decided for which of two kernels it stands. */
    private record Value(long number, long size, int type, boolean checked) {
    }

    private final Btf local;
    private final CandidateTypes candidates;
    private final Btf target;
    private final TypeComparison comparison;
    private final Map<CoreRelocation.Question, Answer> answers = new HashMap<>();

    /**
     * Creates a resolver.
     *
     * @param local the object's types
     * @param candidates the kernel's types with the names that the object uses
     */
    CoreResolver(Btf local, CandidateTypes candidates) {
        this.local = local;
        this.candidates = candidates;
        this.target = candidates.btf();
        this.comparison = new TypeComparison(local, target);
    }

    /**
     * Resolves a relocation; asked again it answers the same at once.
     *
     * @param question the relocation
     * @return the answer
     * @throws BpfException if candidates disagree, or the relocation makes no sense
     */
    Answer resolve(CoreRelocation.Question question) throws BpfException {
        Answer known = answers.get(question);
        if (known == null) {
            known = work(question);
            answers.put(question, known);
        }
        return known;
    }

    private Answer work(CoreRelocation.Question question) throws BpfException {
        CoreSpec mine = CoreSpec.local(local, question);
        if (question.kind() == CoreRelocation.Kind.TYPE_ID_LOCAL) {
            return new Answer(question.type(), question.type(), false, false, 0, 0, true, mine.describe());
        }
        String name = Btf.essential(local.name(question.type()));
        if (name.isEmpty()) {
            throw local.damaged("a CO-RE relocation against a type without a name");
        }
        int kind = local.kind(question.type());
        Answer found = null;
        CoreSpec foundAt = null;
        for (int candidate : candidates.named(name)) {
            if (!TypeComparison.kindsAlike(kind, target.kind(candidate))) {
                continue;
            }
            CoreSpec theirs = match(question.kind(), mine, candidate);
            if (theirs == null) {
                continue;
            }
            Answer answer = answer(question, mine, theirs);
            if (found == null) {
                found = answer;
                foundAt = theirs;
            } else if (foundAt.bitOffset != theirs.bitOffset || found.absent != answer.absent
                    || found.after != answer.after) {
                throw new BpfException(BpfException.Kind.RELOCATION, mine.describe()
                        + " is ambiguous: the kernel has types " + foundAt.root + " and " + candidate
                        + " of this name, and they differ in it", "the object must name the type more precisely");
            }
        }
        return found != null ? found : answer(question, mine, null);
    }

    private CoreSpec match(CoreRelocation.Kind kind, CoreSpec mine, int candidate) throws BpfException {
        CoreSpec theirs = new CoreSpec(target, candidate);
        if (kind.type()) {
            boolean same = kind == CoreRelocation.Kind.TYPE_MATCHES
                    ? comparison.typesMatch(mine.root, candidate)
                    : comparison.typesCompatible(mine.root, candidate);
            return same ? theirs : null;
        }
        if (kind.enumerator()) {
            int type = target.resolve(candidate);
            if (!target.anyEnum(type)) {
                return null;
            }
            String wanted = Btf.essential(mine.names[0]);
            for (int i = 0; i < target.vlen(type); i++) {
                String name = target.enumName(type, i);
                if (wanted.equals(Btf.essential(name))) {
                    theirs.add(type, i, name);
                    return theirs;
                }
            }
            return null;
        }
        int type = candidate;
        for (int step = 0; step < mine.length; step++) {
            type = target.resolve(type);
            if (mine.names[step] != null) {
                byte[] name = mine.names[step].getBytes(StandardCharsets.UTF_8);
                int member = member(mine.types[step], mine.indices[step], name, type, theirs, 0);
                if (member < 0) {
                    return null;
                }
                type = member;
            } else {
                if (step > 0) {
                    if (target.kind(type) != Btf.ARRAY || mine.indices[step] >= target.arrayLength(type)
                            && !theirs.endsInFlexibleArray(type)) {
                        return null;
                    }
                    type = target.resolve(target.arrayElement(type));
                }
                theirs.add(type, mine.indices[step], null);
                theirs.bitOffset += mine.indices[step] * target.size(type) * 8;
            }
        }
        return theirs;
    }

    /** {@return the type of the kernel's member of that name, looked for in anonymous members too, or -1} */
    private int member(int localType, int localIndex, byte[] name, int type, CoreSpec theirs, int depth)
            throws BpfException {
        if (!target.composite(type) || depth > 32) {
            return -1;
        }
        for (int i = 0; i < target.vlen(type); i++) {
            long before = theirs.bitOffset;
            theirs.bitOffset += target.memberBitOffset(type, i);
            if (target.memberAnonymous(type, i)) {
                int inner = member(localType, localIndex, name, target.resolve(target.memberType(type, i)), theirs,
                        depth + 1);
                if (inner >= 0) {
                    return inner;
                }
            } else if (target.memberNamed(type, i, name)) {
                if (comparison.fieldsCompatible(local.memberType(localType, localIndex), target.memberType(type, i))) {
                    theirs.add(type, i, target.memberName(type, i));
                    return target.memberType(type, i);
                }
                theirs.bitOffset = before;
                return -1;
            }
            theirs.bitOffset = before;
        }
        return -1;
    }

    private Answer answer(CoreRelocation.Question question, CoreSpec mine, CoreSpec theirs) throws BpfException {
        Value before = value(question.kind(), mine);
        Value after = theirs == null ? absent(question.kind()) : value(question.kind(), theirs);
        if (after == null) {
            return new Answer(before.number, 0, true, before.checked, 0, 0, false, mine.describe());
        }
        boolean resizable = before.size == after.size || sameNature(before.type, after.type);
        return new Answer(before.number, after.number, false, before.checked, before.size, after.size, resizable,
                mine.describe());
    }

    /** {@return what stands for something that the kernel does not have: a number where absence is one, else null} */
    private static Value absent(CoreRelocation.Kind kind) {
        return kind == CoreRelocation.Kind.FIELD_EXISTS || kind == CoreRelocation.Kind.ENUMVAL_EXISTS || kind.type()
                ? new Value(0, 0, 0, true) : null;
    }

    /** Only pointers and unsigned integers may be loaded in another width: the rest is filled with zeros then. */
    private boolean sameNature(int localType, int targetType) throws BpfException {
        int kind = local.kind(localType);
        if (kind != target.kind(targetType)) {
            return false;
        }
        return kind == Btf.PTR
                || kind == Btf.INT && !local.intSigned(localType) && !target.intSigned(targetType);
    }

    private static Value value(CoreRelocation.Kind kind, CoreSpec spec) throws BpfException {
        Btf btf = spec.btf;
        return switch (kind) {
            case TYPE_ID_TARGET -> new Value(spec.root, 0, 0, false);
            case TYPE_ID_LOCAL -> new Value(spec.root, 0, 0, true);
            case TYPE_EXISTS, TYPE_MATCHES, ENUMVAL_EXISTS, FIELD_EXISTS -> new Value(1, 0, 0, true);
            case TYPE_SIZE -> new Value(btf.size(spec.root), 0, 0, true);
            case ENUMVAL_VALUE -> new Value(btf.enumValue(spec.lastType(), spec.lastIndex()), 0, 0, true);
            default -> spec.lastName() == null ? element(kind, spec) : member(kind, spec);
        };
    }

    private static Value element(CoreRelocation.Kind kind, CoreSpec spec) throws BpfException {
        long size = spec.btf.size(spec.lastType());
        return switch (kind) {
            case FIELD_BYTE_OFFSET -> new Value(spec.bitOffset / 8, size, spec.lastType(), true);
            case FIELD_BYTE_SIZE -> new Value(size, 0, 0, true);
            default -> throw spec.btf.damaged("CO-RE relocation " + kind + " of an array's element");
        };
    }

    private static Value member(CoreRelocation.Kind kind, CoreSpec spec) throws BpfException {
        Btf btf = spec.btf;
        int type = btf.resolve(btf.memberType(spec.lastType(), spec.lastIndex()));
        long bits = btf.memberBitSize(spec.lastType(), spec.lastIndex());
        boolean bitField = bits > 0;
        long bytes = btf.size(type);
        long offset = spec.bitOffset / 8;
        if (bitField) {
            // The smallest aligned load that holds the whole bit field.
            if (bytes <= 0 || bytes > 8) {
                throw btf.damaged("bit field of a type that is no integer");
            }
            offset = offset / bytes * bytes;
            while (spec.bitOffset + bits - offset * 8 > bytes * 8) {
                if (bytes >= 8) {
                    throw btf.damaged("bit field " + spec.describe() + " crosses 64 bits");
                }
                bytes *= 2;
                offset = spec.bitOffset / 8 / bytes * bytes;
            }
        } else {
            bits = bytes * 8;
        }
        return switch (kind) {
            case FIELD_BYTE_OFFSET -> new Value(offset, bitField ? 0 : bytes, bitField ? 0 : type, !bitField);
            case FIELD_BYTE_SIZE -> new Value(bytes, 0, 0, !bitField);
            case FIELD_SIGNED -> new Value(signed(btf, type) ? 1 : 0, 0, 0, true);
            case FIELD_LSHIFT_U64 -> new Value(64 - (spec.bitOffset + bits - offset * 8), 0, 0, !bitField);
            case FIELD_RSHIFT_U64 -> new Value(64 - bits, 0, 0, true);
            default -> throw new IllegalArgumentException(kind.name());
        };
    }

    private static boolean signed(Btf btf, int type) throws BpfException {
        return btf.anyEnum(type) ? btf.flag(type) : btf.kind(type) == Btf.INT && btf.intSigned(type);
    }
}
