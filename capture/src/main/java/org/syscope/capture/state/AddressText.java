package org.syscope.capture.state;

/**
 * Writes addresses and numbers as text into byte arrays: each method writes at {@code at} and returns the place behind what
 * it wrote. IPv6 as inet_ntop writes it: lower case, the longest run of two or more zero groups as {@code ::}, IPv4 in
 * dotted form at the end of mapped and compatible addresses.
 */
public final class AddressText {

    /** Longest text of an IPv6 address. */
    public static final int MAX_IPV6 = 45;

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int GROUPS = 8;
    private static final int MAPPED_PREFIX = 0xffff;

    private AddressText() {
    }

    /** An IPv4 address given as 1.2.3.4 = 0x01020304. */
    public static int ipv4(byte[] target, int at, int address) {
        int next = decimal(target, at, address >>> 24);
        target[next++] = '.';
        next = decimal(target, next, address >>> 16 & 0xff);
        target[next++] = '.';
        next = decimal(target, next, address >>> 8 & 0xff);
        target[next++] = '.';
        return decimal(target, next, address & 0xff);
    }

    /** An IPv6 address given as its first and second 64 bits. */
    public static int ipv6(byte[] target, int at, long high, long low) {
        int bestStart = -1;
        int bestLength = 1;
        int run = 0;
        for (int i = 0; i < GROUPS; i++) {
            run = group(high, low, i) == 0 ? run + 1 : 0;
            if (run > bestLength) {
                bestLength = run;
                bestStart = i - run + 1;
            }
        }
        boolean dotted = bestStart == 0 && (bestLength == 6 || bestLength == 5 && group(high, low, 5) == MAPPED_PREFIX);
        int next = at;
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestStart) {
                target[next++] = ':';
                i += bestLength - 1;
                if (i == GROUPS - 1) {
                    target[next++] = ':';
                }
                continue;
            }
            if (i > 0) {
                target[next++] = ':';
            }
            if (dotted && i == 6) {
                return ipv4(target, next, (int) low);
            }
            next = hex(target, next, group(high, low, i));
        }
        return next;
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (3 - (index & 3)) * 16) & 0xffff;
    }

    /** Whether an IPv6 address stands for an IPv4 one: {@code ::ffff:a.b.c.d}, or the unspecified address. */
    public static boolean isMapped(long high, long low) {
        return high == 0 && (low >>> 32 == MAPPED_PREFIX || low == 0);
    }

    /** A number, unsigned, in decimal. */
    public static int decimal(byte[] target, int at, long value) {
        if (value < 0) {
            long tenth = Long.divideUnsigned(value, 10);
            int next = decimal(target, at, tenth);
            target[next] = (byte) ('0' + (value - tenth * 10));
            return next + 1;
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }

    /** A number, unsigned, in lower-case hexadecimal without a prefix. */
    public static int hex(byte[] target, int at, long value) {
        int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            target[i] = DIGITS[(int) (rest & 0xf)];
            rest >>>= 4;
        }
        return at + digits;
    }
}
