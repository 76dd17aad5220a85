package org.syscope.filters.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** IP addresses as text: dotted decimal, and RFC 5952's form of IPv6 as inet_ntop(3) writes it. */
public final class AddressText {

    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt BE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final long MAPPED = 0xFFFF;

    private AddressText() {
    }

    /** Reads an IPv4 address in network order: 1.2.3.4 is 0x01020304. */
    static int ipv4At(MemorySegment source, long offset) {
        return source.get(BE32, offset);
    }

    /** Reads eight bytes in network order: one half of an IPv6 address. */
    static long halfAt(MemorySegment source, long offset) {
        return source.get(BE64, offset);
    }

    /** Whether an IPv6 address stands for an IPv4 address ({@code ::ffff:a.b.c.d}). */
    public static boolean isMapped(long high, long low) {
        return high == 0 && low >>> 32 == MAPPED;
    }

    /** Adds an IPv4 address, 1.2.3.4 as 0x01020304. */
    public static void ipv4(OutputBuffer out, int address) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.unsigned(address >>> shift & 0xFF);
            if (shift > 0) {
                out.append('.');
            }
        }
    }

    /**
     * Adds an IPv6 address: groups without leading zeros, the longest run of at least two zero groups as {@code ::}, and
     * the last 32 bits dotted where the address is IPv4-mapped or IPv4-compatible.
     */
    public static void ipv6(OutputBuffer out, long high, long low) {
        if (isMapped(high, low) || high == 0 && low >>> 32 == 0 && low >>> 16 != 0) {
            out.ascii(low >>> 32 == 0 ? "::" : "::ffff:");
            ipv4(out, (int) low);
            return;
        }
        int bestStart = -1;
        int bestLength = 1;
        int run = 0;
        for (int i = 0; i < 8; i++) {
            run = group(high, low, i) == 0 ? run + 1 : 0;
            if (run > bestLength) {
                bestLength = run;
                bestStart = i - run + 1;
            }
        }
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                out.ascii("::");
                i += bestLength - 1;
                continue;
            }
            if (i > 0 && i != bestStart + bestLength) {
                out.append(':');
            }
            out.hexLower(group(high, low, i), 1);
        }
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (3 - (index & 3)) * 16) & 0xFFFF;
    }
}
