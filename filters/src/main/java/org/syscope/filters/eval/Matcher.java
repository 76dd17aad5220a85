package org.syscope.filters.eval;

import java.util.Arrays;
import org.syscope.filters.lang.Operator;

/**
 * One side of a comparison, ready to look at values: the operator together with its constant. A value of a kind that
 * the constant cannot be compared with does not match.
 */
abstract class Matcher {
    /** Looks at a whole number or truth value. */
    boolean number(long value) {
        return false;
    }

    /** Looks at a floating-point number. */
    boolean real(double value) {
        return false;
    }

    /** Looks at text, a buffer or an address. */
    boolean bytes(byte[] array, int offset, int length) {
        return false;
    }

    /** About how long a look takes, ns. */
    int cost() {
        return 2;
    }

    /** What an operator makes of the sign of a comparison. */
    static boolean holds(Operator operator, int comparison) {
        return switch (operator) {
            case EQ, IN, INTERSECTS -> comparison == 0;
            case NE -> comparison != 0;
            case LT -> comparison < 0;
            case LE -> comparison <= 0;
            case GT -> comparison > 0;
            case GE -> comparison >= 0;
            default -> throw new IllegalArgumentException(operator.text());
        };
    }

    /** Compares 64-bit numbers. */
    static final class OfNumber extends Matcher {
        private final Operator operator;
        private final long constant;
        private final long flip;

        OfNumber(Operator operator, long constant, boolean unsigned) {
            this.operator = operator;
            this.flip = unsigned ? Long.MIN_VALUE : 0;
            this.constant = constant ^ flip;
        }

        @Override
        boolean number(long value) {
            long v = value ^ flip;
            return switch (operator) {
                case EQ -> v == constant;
                case NE -> v != constant;
                case LT -> v < constant;
                case LE -> v <= constant;
                case GT -> v > constant;
                default -> v >= constant;
            };
        }
    }

    /** Whether a number is one of several. */
    static final class OfNumbers extends Matcher {
        private static final int LINEAR = 8;

        private final long[] sorted;

        OfNumbers(long[] constants) {
            sorted = Arrays.stream(constants).sorted().distinct().toArray();
        }

        @Override
        boolean number(long value) {
            if (sorted.length <= LINEAR) {
                for (long constant : sorted) {
                    if (constant == value) {
                        return true;
                    }
                }
                return false;
            }
            return Arrays.binarySearch(sorted, value) >= 0;
        }
    }

    /** Compares floating-point numbers with one or, for {@code in}, several. */
    static final class OfReals extends Matcher {
        private final Operator operator;
        private final double[] constants;

        OfReals(Operator operator, double[] constants) {
            this.operator = operator;
            this.constants = constants;
        }

        @Override
        boolean real(double value) {
            for (double constant : constants) {
                if (value == constant ? holds(operator, 0) : holds(operator, value < constant ? -1 : 1)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        boolean number(long value) {
            return real(value);
        }
    }

    /** Compares bytes with bytes. */
    static final class OfBytes extends Matcher {
        private final Operator operator;
        private final byte[] constant;

        OfBytes(Operator operator, byte[] constant) {
            this.operator = operator;
            this.constant = constant;
        }

        @Override
        boolean bytes(byte[] array, int offset, int length) {
            return compare(operator, array, offset, length, constant, 0, constant.length);
        }

        @Override
        int cost() {
            return switch (operator) {
                case CONTAINS, BCONTAINS -> 20;
                case ICONTAINS, GLOB, IGLOB -> 40;
                default -> 4;
            };
        }

        static boolean compare(Operator operator, byte[] a, int ao, int an, byte[] b, int bo, int bn) {
            return switch (operator) {
                case EQ, IN, INTERSECTS -> ByteSlices.equal(a, ao, an, b, bo, bn);
                case NE -> !ByteSlices.equal(a, ao, an, b, bo, bn);
                case LT, LE, GT, GE -> holds(operator, ByteSlices.compare(a, ao, an, b, bo, bn));
                case CONTAINS, BCONTAINS -> ByteSlices.contains(a, ao, an, b, bo, bn);
                case ICONTAINS -> ByteSlices.containsIgnoringCase(a, ao, an, b, bo, bn);
                case STARTSWITH, BSTARTSWITH -> ByteSlices.startsWith(a, ao, an, b, bo, bn);
                case ENDSWITH -> ByteSlices.endsWith(a, ao, an, b, bo, bn);
                case GLOB -> Glob.matches(b, bo, bn, a, ao, an, false);
                case IGLOB -> Glob.matches(b, bo, bn, a, ao, an, true);
                default -> throw new IllegalArgumentException(operator.text());
            };
        }
    }

    /** Whether bytes are one of several: a hash table with linear probing, behind a look at the length. */
    static final class OfByteSet extends Matcher {
        private final byte[][] table;
        private final int[] hashes;
        private final long lengths;

        OfByteSet(byte[][] constants) {
            int size = Integer.highestOneBit(Math.max(4, constants.length * 2)) * 2;
            table = new byte[size][];
            hashes = new int[size];
            long mask = 0;
            for (byte[] constant : constants) {
                mask |= 1L << Math.min(63, constant.length);
                int hash = ByteSlices.hash(constant, 0, constant.length);
                int i = hash & size - 1;
                while (table[i] != null) {
                    i = i + 1 & size - 1;
                }
                table[i] = constant;
                hashes[i] = hash;
            }
            lengths = mask;
        }

        @Override
        boolean bytes(byte[] array, int offset, int length) {
            if ((lengths >>> Math.min(63, length) & 1) == 0) {
                return false;
            }
            int hash = ByteSlices.hash(array, offset, length);
            for (int i = hash & table.length - 1; table[i] != null; i = i + 1 & table.length - 1) {
                byte[] constant = table[i];
                if (hashes[i] == hash && ByteSlices.equal(array, offset, length, constant, 0, constant.length)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        int cost() {
            return 8;
        }
    }

    /** Whether an address lies in one of several networks. */
    static final class OfNetworks extends Matcher {
        private final Network[] networks;

        OfNetworks(Network[] networks) {
            this.networks = networks;
        }

        @Override
        boolean bytes(byte[] array, int offset, int length) {
            for (Network network : networks) {
                if (network.contains(array, offset, length)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The opposite of another matcher, for values that exist. */
    static final class Opposite extends Matcher {
        private final Matcher matcher;

        Opposite(Matcher matcher) {
            this.matcher = matcher;
        }

        @Override
        boolean number(long value) {
            return !matcher.number(value);
        }

        @Override
        boolean real(double value) {
            return !matcher.real(value);
        }

        @Override
        boolean bytes(byte[] array, int offset, int length) {
            return !matcher.bytes(array, offset, length);
        }

        @Override
        int cost() {
            return matcher.cost();
        }
    }
}
