package org.syscope.filters.eval;

import org.syscope.filters.field.FieldException;

/**
 * An IP network.
 *
 * @param address 4 or 16 bytes in network order
 * @param bits length of the prefix; what follows it in the address does not count
 */
record Network(byte[] address, int bits) {
    boolean contains(byte[] array, int offset, int length) {
        if (length != address.length) {
            return false;
        }
        int whole = bits >>> 3;
        for (int i = 0; i < whole; i++) {
            if (array[offset + i] != address[i]) {
                return false;
            }
        }
        int rest = bits & 7;
        return rest == 0 || ((array[offset + whole] ^ address[whole]) & 0xFF) >>> 8 - rest == 0;
    }

    /** Reads {@code address/prefix}. */
    static Network parse(String text) throws FieldException {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new FieldException("unrecognized IP network " + text);
        }
        byte[] address = parseAddress(text.substring(0, slash));
        String mask = text.substring(slash + 1);
        int bits = mask.isEmpty() || mask.length() > 3 ? -1 : 0;
        for (int i = 0; bits >= 0 && i < mask.length(); i++) {
            char c = mask.charAt(i);
            bits = c >= '0' && c <= '9' ? bits * 10 + c - '0' : -1;
        }
        if (bits < 0 || bits > address.length * 8) {
            throw new FieldException("invalid netmask " + mask);
        }
        return new Network(address, bits);
    }

    /** Reads an address: with a dot and no colon IPv4, else IPv6; gives IPv4 bytes for an IPv4-mapped one. */
    static byte[] parseAddress(String text) throws FieldException {
        if (text.indexOf(':') < 0 && text.indexOf('.') >= 0) {
            byte[] address = ipv4(text);
            if (address == null) {
                throw new FieldException("unrecognized IPv4 address " + text);
            }
            return address;
        }
        byte[] address = ipv6(text);
        if (address == null) {
            throw new FieldException("unrecognized IPv6 address " + text);
        }
        return unmapped(address);
    }

    private static byte[] unmapped(byte[] address) {
        for (int i = 0; i < 12; i++) {
            if (address[i] != (i < 10 ? 0 : (byte) 0xFF)) {
                return address;
            }
        }
        return new byte[] {address[12], address[13], address[14], address[15]};
    }

    private static byte[] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            String part = parts[i];
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(part) > 255) {
                return null;
            }
            address[i] = (byte) Integer.parseInt(part);
        }
        return address;
    }

    private static byte[] ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        byte[] head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        byte[] tail = gap < 0 ? new byte[0] : groups(text.substring(gap + 2), true);
        if (head == null || tail == null) {
            return null;
        }
        int size = head.length + tail.length;
        if (gap < 0 ? size != 16 : size > 14) {
            return null;
        }
        byte[] address = new byte[16];
        System.arraycopy(head, 0, address, 0, head.length);
        System.arraycopy(tail, 0, address, 16 - tail.length, tail.length);
        return address;
    }

    /** Groups of hex digits between colons, at the end perhaps a dotted quad; null if it is not that. */
    private static byte[] groups(String text, boolean atEnd) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] quad = atEnd && parts[parts.length - 1].indexOf('.') >= 0 ? ipv4(parts[parts.length - 1]) : null;
        int plain = quad == null ? parts.length : parts.length - 1;
        byte[] out = new byte[plain * 2 + (quad == null ? 0 : 4)];
        for (int i = 0; i < plain; i++) {
            String part = parts[i];
            if (part.isEmpty() || part.length() > 4
                    || !part.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0)) {
                return null;
            }
            int value = Integer.parseInt(part, 16);
            out[i * 2] = (byte) (value >> 8);
            out[i * 2 + 1] = (byte) value;
        }
        if (quad != null) {
            System.arraycopy(quad, 0, out, plain * 2, 4);
        }
        return out;
    }
}
