package org.syscope.filters.eval;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.syscope.filters.field.FieldException;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.lang.Operator;

/** Converts the constants of a filter to what values of a type are compared with. */
final class Constants {
    private Constants() {
    }

    /** A constant as the field gave it back: text for conversions, bytes for comparisons. */
    record Constant(String text, byte[] bytes) {
        static Constant of(String text) {
            return new Constant(text, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A matcher for an operator with one constant. */
    static Matcher matcher(FieldType type, Operator operator, Constant constant) throws FieldException {
        return switch (type.group()) {
            case SIGNED, UNSIGNED -> new Matcher.OfNumber(operator, number(type, constant.text()),
                    type.group() == FieldType.Group.UNSIGNED);
            case BOOL -> new Matcher.OfNumber(operator, bool(constant.text()), false);
            case REAL -> new Matcher.OfReals(operator, new double[] {real(constant.text())});
            case ADDRESS -> new Matcher.OfBytes(operator, address(type, constant.text()));
            case NETWORK -> {
                Matcher in = new Matcher.OfNetworks(new Network[] {network(type, constant.text())});
                yield operator == Operator.NE ? new Matcher.Opposite(in) : in;
            }
            case STRING, BYTES -> bytes(operator, constant);
            case NONE -> throw new FieldException(notSupported(operator, type));
        };
    }

    private static Matcher bytes(Operator operator, Constant constant) throws FieldException {
        byte[] bytes = constant.bytes();
        return switch (operator) {
            case BCONTAINS, BSTARTSWITH -> new Matcher.OfBytes(operator, hex(constant.text()));
            case REGEX -> new RegexMatcher(constant.text());
            case GLOB -> glob(bytes);
            default -> new Matcher.OfBytes(operator, bytes);
        };
    }

    /** A pattern with stars at its ends only is a simpler comparison. */
    private static Matcher glob(byte[] pattern) {
        int from = 0;
        int to = pattern.length;
        while (from < to && pattern[from] == '*') {
            from++;
        }
        while (to > from && pattern[to - 1] == '*') {
            to--;
        }
        if (Glob.isPattern(pattern, from, to - from)) {
            return new Matcher.OfBytes(Operator.GLOB, pattern);
        }
        byte[] middle = Arrays.copyOfRange(pattern, from, to);
        boolean openStart = from > 0;
        boolean openEnd = to < pattern.length || middle.length == 0 && openStart;
        Operator simple = openStart ? openEnd ? Operator.CONTAINS : Operator.ENDSWITH
                : openEnd ? Operator.STARTSWITH : Operator.EQ;
        return new Matcher.OfBytes(simple, middle);
    }

    /** A matcher for a value that is one of several constants. */
    static Matcher oneOf(FieldType type, List<Constant> constants) throws FieldException {
        switch (type.group()) {
            case SIGNED, UNSIGNED, BOOL -> {
                long[] numbers = new long[constants.size()];
                for (int i = 0; i < numbers.length; i++) {
                    String text = constants.get(i).text();
                    numbers[i] = type == FieldType.BOOL ? bool(text) : number(type, text);
                }
                return new Matcher.OfNumbers(numbers);
            }
            case REAL -> {
                double[] numbers = new double[constants.size()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = real(constants.get(i).text());
                }
                return new Matcher.OfReals(Operator.EQ, numbers);
            }
            case NETWORK -> {
                Network[] networks = new Network[constants.size()];
                for (int i = 0; i < networks.length; i++) {
                    networks[i] = network(type, constants.get(i).text());
                }
                return new Matcher.OfNetworks(networks);
            }
            case ADDRESS, STRING, BYTES -> {
                byte[][] all = new byte[constants.size()][];
                for (int i = 0; i < all.length; i++) {
                    Constant constant = constants.get(i);
                    all[i] = type.group() == FieldType.Group.ADDRESS ? address(type, constant.text())
                            : constant.bytes();
                }
                return all.length == 1 ? new Matcher.OfBytes(Operator.EQ, all[0]) : new Matcher.OfByteSet(all);
            }
            default -> throw new FieldException(notSupported(Operator.IN, type));
        }
    }

    /** Whether values of a type, or lists of them, can be compared by an operator; the message says why not. */
    static String refusal(FieldType type, boolean list, Operator operator) {
        if (operator == Operator.EXISTS) {
            return null;
        }
        if (list) {
            return operator == Operator.IN || operator == Operator.INTERSECTS ? null
                    : "'" + operator + "' operator not supported for list filters";
        }
        boolean equality = switch (operator) {
            case EQ, NE, IN, INTERSECTS -> true;
            default -> false;
        };
        boolean order = switch (operator) {
            case LT, LE, GT, GE -> true;
            default -> false;
        };
        boolean binary = operator == Operator.BCONTAINS || operator == Operator.BSTARTSWITH;
        boolean part = switch (operator) {
            case CONTAINS, STARTSWITH, ENDSWITH -> true;
            default -> false;
        };
        return switch (type.group()) {
            case SIGNED, UNSIGNED, REAL -> equality || order ? null : refusal(operator, "numeric");
            case BOOL -> equality ? null : refusal(operator, "numeric");
            case STRING -> binary ? refusal(operator, "string") : null;
            case BYTES -> equality || part || binary ? null : refusal(operator, "buffer");
            case ADDRESS, NETWORK -> equality ? null : refusal(operator, "ip address and network");
            case NONE -> notSupported(operator, type);
        };
    }

    private static String refusal(Operator operator, String filters) {
        return "'" + operator + "' operator not supported for " + filters + " filters";
    }

    private static String notSupported(Operator operator, FieldType type) {
        return "'" + operator + "' operator not supported for type '" + type.schemaName() + "'";
    }

    /**
     * Reads a whole number, decimal or hexadecimal. Hexadecimal digits may fill the width of a signed type; a negative
     * number for an unsigned type wraps, so that -1 is its largest value.
     */
    static long number(FieldType type, String text) throws FieldException {
        int bits = switch (type) {
            case INT8, UINT8, FLAGS8, ENUMFLAGS8, SIGTYPE, L4PROTO, SOCKFAMILY -> 8;
            case INT16, UINT16, FLAGS16, ENUMFLAGS16, SYSCALLID, PORT -> 16;
            case INT32, UINT32, FLAGS32, ENUMFLAGS32, MODE, FD32, PID32 -> 32;
            default -> 64;
        };
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        if (hex) {
            digits = digits.substring(2);
        }
        int radix = hex ? 16 : 10;
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0)) {
            if (type == FieldType.PORT && !text.isEmpty() && !Character.isDigit(text.charAt(0))) {
                throw new FieldException("unrecognized protocol " + text);
            }
            throw new FieldException(text + " is not a valid number");
        }
        BigInteger value = digits.length() > 40 ? BigInteger.ONE.shiftLeft(128) : new BigInteger(digits, radix);
        boolean signed = type.group() == FieldType.Group.SIGNED;
        BigInteger limit = BigInteger.ONE.shiftLeft(signed && !hex ? bits - 1 : bits);
        BigInteger lowest = BigInteger.ONE.shiftLeft(bits - 1);
        if (negative ? value.compareTo(lowest) > 0 : value.compareTo(limit) >= 0) {
            throw new FieldException(text + " is not a valid number: a " + type.schemaName() + " is "
                    + (signed ? lowest.negate() + " to " + lowest.subtract(BigInteger.ONE)
                            : "0 to " + BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE)));
        }
        long number = negative ? value.negate().longValue() : value.longValue();
        int shift = 64 - bits;
        return signed ? number << shift >> shift : number << shift >>> shift;
    }

    private static long bool(String text) throws FieldException {
        return switch (text) {
            case "true" -> 1;
            case "false" -> 0;
            default -> throw new FieldException("unrecognized boolean value " + text, List.of("true", "false"));
        };
    }

    private static double real(String text) throws FieldException {
        try {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0)) {
                return Double.parseDouble(text);
            }
        } catch (NumberFormatException e) {
            throw new FieldException(text + " is not a valid number");
        }
        throw new FieldException(text + " is not a valid number");
    }

    private static byte[] address(FieldType type, String text) throws FieldException {
        byte[] address = Network.parseAddress(text);
        if (type == FieldType.IPV4ADDR && address.length != 4) {
            throw new FieldException("unrecognized IPv4 address " + text);
        }
        return address;
    }

    private static Network network(FieldType type, String text) throws FieldException {
        Network network = Network.parse(text);
        if (type == FieldType.IPV4NET && network.address().length != 4
                || type == FieldType.IPV6NET && network.address().length != 16) {
            throw new FieldException("unrecognized IP network " + text);
        }
        return network;
    }

    private static byte[] hex(String text) throws FieldException {
        if (text.isEmpty() || text.length() % 2 != 0
                || !text.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0)) {
            throw new FieldException("bcontains and bstartswith operator support hex strings only");
        }
        return HexFormat.of().parseHex(text);
    }
}
