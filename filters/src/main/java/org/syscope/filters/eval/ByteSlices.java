package org.syscope.filters.eval;

import java.util.Arrays;

/** Comparisons of stretches of byte arrays; a stretch is an array, an offset and a length. */
final class ByteSlices {
    private ByteSlices() {
    }

    static boolean equal(byte[] a, int ao, int an, byte[] b, int bo, int bn) {
        return an == bn && Arrays.equals(a, ao, ao + an, b, bo, bo + bn);
    }

    /** Bytes as unsigned numbers, the shorter of two that agree first: strcmp's order. */
    static int compare(byte[] a, int ao, int an, byte[] b, int bo, int bn) {
        return Arrays.compareUnsigned(a, ao, ao + an, b, bo, bo + bn);
    }

    static boolean startsWith(byte[] a, int ao, int an, byte[] b, int bo, int bn) {
        return an >= bn && Arrays.equals(a, ao, ao + bn, b, bo, bo + bn);
    }

    static boolean endsWith(byte[] a, int ao, int an, byte[] b, int bo, int bn) {
        return an >= bn && Arrays.equals(a, ao + an - bn, ao + an, b, bo, bo + bn);
    }

    static boolean contains(byte[] a, int ao, int an, byte[] b, int bo, int bn) {
        if (bn == 0) {
            return true;
        }
        byte first = b[bo];
        int last = ao + an - bn;
        for (int i = ao; i <= last; i++) {
            if (a[i] == first && Arrays.equals(a, i + 1, i + bn, b, bo + 1, bo + bn)) {
                return true;
            }
        }
        return false;
    }

    /** Like {@link #contains}, ASCII letters of both cases being the same. */
    static boolean containsIgnoringCase(byte[] a, int ao, int an, byte[] b, int bo, int bn) {
        int last = ao + an - bn;
        for (int i = ao; i <= last; i++) {
            int j = 0;
            while (j < bn && lower(a[i + j]) == lower(b[bo + j])) {
                j++;
            }
            if (j == bn) {
                return true;
            }
        }
        return false;
    }

    static int hash(byte[] a, int ao, int an) {
        int h = an;
        for (int i = ao; i < ao + an; i++) {
            h = h * 31 + a[i];
        }
        return h ^ h >>> 15;
    }

    static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    static byte upper(byte b) {
        return b >= 'a' && b <= 'z' ? (byte) (b - 32) : b;
    }
}
