package org.syscope.cli.ui.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes on their way to the terminal, sent in one write so that no half of a frame is seen. */
final class Bytes {

    private static final int FIRST_CAPACITY = 8192;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    void number(int value) {
        ascii(Integer.toString(value));
    }

    /** A cell's text, in UTF-8. */
    void text(String text) {
        if (text.length() == 1 && text.charAt(0) < 0x80) {
            reserve(1);
            bytes[size++] = (byte) text.charAt(0);
            return;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void sendTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        out.flush();
        size = 0;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
