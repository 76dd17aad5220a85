package org.syscope.capture.bpf;

/**
 * Says whether a type of the object and one of the kernel can stand for each other. The rules are those of libbpf's
 * documentation of CO-RE: fields may grow, names of integers do not count, structures are not looked into unless the
 * program asks whether they match.
 */
final class TypeComparison {
    private static final int DEPTH = 32;

    private final Btf local;
    private final Btf target;

    TypeComparison(Btf local, Btf target) {
        this.local = local;
        this.target = target;
    }

    /** {@return whether two kinds are alike: enums of 32 and of 64 bits are} */
    static boolean kindsAlike(int one, int other) {
        return one == other || isEnum(one) && isEnum(other);
    }

    private static boolean isEnum(int kind) {
        return kind == Btf.ENUM || kind == Btf.ENUM64;
    }

    /** {@return whether a field of the kernel can be read as the object's field} */
    boolean fieldsCompatible(int localType, int targetType) throws BpfException {
        int mine = local.resolve(localType);
        int theirs = target.resolve(targetType);
        for (int depth = 0; depth < DEPTH; depth++) {
            if (local.composite(mine) && target.composite(theirs)) {
                return true;
            }
            int kind = local.kind(mine);
            if (!kindsAlike(kind, target.kind(theirs))) {
                return false;
            }
            switch (kind) {
                case Btf.PTR, Btf.FLOAT -> {
                    return true;
                }
                case Btf.FWD, Btf.ENUM, Btf.ENUM64 -> {
                    String one = Btf.essential(local.name(mine));
                    String other = Btf.essential(target.name(theirs));
                    return one.isEmpty() || other.isEmpty() || one.equals(other);
                }
                case Btf.INT -> {
                    return local.intBitOffset(mine) == 0 && target.intBitOffset(theirs) == 0;
                }
                case Btf.ARRAY -> {
                    mine = local.resolve(local.arrayElement(mine));
                    theirs = target.resolve(target.arrayElement(theirs));
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    /** {@return whether a kernel type counts as being there for the object's type} */
    boolean typesCompatible(int localType, int targetType) throws BpfException {
        return compatible(localType, targetType, DEPTH);
    }

    private boolean compatible(int localType, int targetType, int depth) throws BpfException {
        if (depth == 0) {
            return false;
        }
        int mine = local.resolve(localType);
        int theirs = target.resolve(targetType);
        int kind = local.kind(mine);
        if (!kindsAlike(kind, target.kind(theirs))) {
            return false;
        }
        return switch (kind) {
            case Btf.VOID, Btf.STRUCT, Btf.UNION, Btf.ENUM, Btf.ENUM64, Btf.FWD -> true;
            case Btf.INT -> local.intBitOffset(mine) == 0 && target.intBitOffset(theirs) == 0;
            case Btf.PTR -> compatible(local.referred(mine), target.referred(theirs), depth - 1);
            case Btf.ARRAY -> compatible(local.arrayElement(mine), target.arrayElement(theirs), depth - 1);
            case Btf.FUNC_PROTO -> {
                boolean same = local.vlen(mine) == target.vlen(theirs);
                for (int i = 0; same && i < local.vlen(mine); i++) {
                    same = compatible(local.parameterType(mine, i), target.parameterType(theirs, i), depth - 1);
                }
                yield same && compatible(local.referred(mine), target.referred(theirs), depth - 1);
            }
            default -> false;
        };
    }

    /** {@return whether a kernel type has everything that the object's type says} */
    boolean typesMatch(int localType, int targetType) throws BpfException {
        return match(localType, targetType, false, DEPTH);
    }

    private boolean match(int localType, int targetType, boolean behindPointer, int depth) throws BpfException {
        if (depth == 0) {
            return false;
        }
        int mine = local.resolve(localType);
        int theirs = target.resolve(targetType);
        if (!essentiallyNamed(mine, theirs)) {
            return false;
        }
        int kind = local.kind(mine);
        int other = target.kind(theirs);
        return switch (kind) {
            case Btf.VOID -> other == Btf.VOID;
            case Btf.FWD -> forwardMatches(mine, theirs, behindPointer);
            case Btf.ENUM, Btf.ENUM64 -> isEnum(other) && enumeratorsMatch(mine, theirs);
            case Btf.STRUCT, Btf.UNION -> {
                if (behindPointer) {
                    yield kind == other || other == Btf.FWD && target.flag(theirs) == (kind == Btf.UNION);
                }
                yield kind == other && membersMatch(mine, theirs, depth);
            }
            case Btf.INT -> kind == other && local.intBits(mine) == target.intBits(theirs)
                    && local.intSigned(mine) == target.intSigned(theirs);
            case Btf.PTR -> kind == other && match(local.referred(mine), target.referred(theirs), true, depth - 1);
            case Btf.ARRAY -> kind == other && local.arrayLength(mine) == target.arrayLength(theirs)
                    && match(local.arrayElement(mine), target.arrayElement(theirs), behindPointer, depth - 1);
            case Btf.FUNC_PROTO -> {
                boolean same = kind == other && local.vlen(mine) == target.vlen(theirs);
                for (int i = 0; same && i < local.vlen(mine); i++) {
                    same = match(local.parameterType(mine, i), target.parameterType(theirs, i), behindPointer,
                            depth - 1);
                }
                yield same && match(local.referred(mine), target.referred(theirs), behindPointer, depth - 1);
            }
            default -> false;
        };
    }

    private boolean essentiallyNamed(int mine, int theirs) throws BpfException {
        String one = mine == 0 ? "" : local.name(mine);
        String other = theirs == 0 ? "" : target.name(theirs);
        return Btf.essential(one).equals(Btf.essential(other));
    }

    private boolean forwardMatches(int mine, int theirs, boolean behindPointer) throws BpfException {
        int other = target.kind(theirs);
        boolean union = local.flag(mine);
        if (other == Btf.FWD) {
            return union == target.flag(theirs);
        }
        return behindPointer && other == (union ? Btf.UNION : Btf.STRUCT);
    }

    private boolean enumeratorsMatch(int mine, int theirs) throws BpfException {
        for (int i = 0; i < local.vlen(mine); i++) {
            String wanted = Btf.essential(local.enumName(mine, i));
            boolean found = false;
            for (int j = 0; !found && j < target.vlen(theirs); j++) {
                found = wanted.equals(Btf.essential(target.enumName(theirs, j)));
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private boolean membersMatch(int mine, int theirs, int depth) throws BpfException {
        if (local.vlen(mine) > target.vlen(theirs)) {
            return false;
        }
        for (int i = 0; i < local.vlen(mine); i++) {
            String wanted = Btf.essential(local.memberName(mine, i));
            boolean found = false;
            for (int j = 0; !found && j < target.vlen(theirs); j++) {
                found = wanted.equals(Btf.essential(target.memberName(theirs, j)))
                        && match(local.memberType(mine, i), target.memberType(theirs, j), false, depth - 1);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }
}
