package org.syscope.capture.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The answer to a GET request over HTTP/1.1 (RFC 9112): as much of it as engines use. The body is of the length that the
 * head tells, in chunks, or whatever comes before the connection ends; no other encoding is asked for.
 */
final class HttpAnswer {

    private static final int MAX_HEAD = 32_768;
    private static final int MAX_LINE = 8192;

    private final int status;
    private final InputStream body;

    private HttpAnswer(int status, InputStream body) {
        this.status = status;
        this.body = body;
    }

    /**
     * Asks and reads the head of the answer.
     *
     * @param path with its query, percent-encoded
     * @param maxBytes how long the body may be; reading more of it fails
     * @throws IOException if the connection fails, time is over, or what comes is not HTTP
     */
    static HttpAnswer get(UnixStream stream, String path, long maxBytes) throws IOException {
        stream.send(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        String line = line(stream);
        while (line.startsWith("HTTP/1.1 1")) {
            skipHeaders(stream);
            line = line(stream);
        }
        if (!line.startsWith("HTTP/1.") || line.length() < 12) {
            throw new IOException("what came is not HTTP");
        }
        int status = (int) number(line.substring(9, 12), 10);
        long length = -1;
        boolean chunked = false;
        int head = 0;
        for (line = line(stream); !line.isEmpty(); line = line(stream)) {
            head += line.length();
            if (head > MAX_HEAD) {
                throw new IOException("the answer's head has no end");
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).trim();
            if (name.equals("content-length")) {
                length = number(value, 10);
            } else if (name.equals("transfer-encoding")) {
                chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
            }
        }
        return new HttpAnswer(status, new Body(stream, chunked, chunked ? 0 : length, maxBytes));
    }

    private static void skipHeaders(InputStream stream) throws IOException {
        while (!line(stream).isEmpty()) {
            // an interim answer says nothing that is needed
        }
    }

    private static long number(String digits, int radix) throws IOException {
        try {
            long number = Long.parseLong(digits, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same message as for a number out of range
        }
        throw new IOException("what came is not HTTP");
    }

    private static String line(InputStream stream) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = stream.read(); next != '\n'; next = stream.read()) {
            if (next < 0) {
                throw new IOException("the answer ends in its head");
            }
            if (line.length() > MAX_LINE) {
                throw new IOException("what came is not HTTP");
            }
            line.append((char) next);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }

    /** The status code, such as 200. */
    int status() {
        return status;
    }

    /** The body; ends where the answer does. */
    InputStream body() {
        return body;
    }

    private static final class Body extends InputStream {
        private final InputStream stream;
        private final boolean chunked;
        private final long max;
        private long left;
        private long taken;
        private boolean first = true;
        private boolean ended;

        Body(InputStream stream, boolean chunked, long length, long max) {
            this.stream = stream;
            this.chunked = chunked;
            this.left = length < 0 ? Long.MAX_VALUE : length;
            this.max = max;
        }

        private boolean more() throws IOException {
            if (ended) {
                return false;
            }
            if (left == 0) {
                ended = !chunked || !nextChunk();
            }
            return !ended;
        }

        private boolean nextChunk() throws IOException {
            if (!first) {
                line(stream);
            }
            first = false;
            String head = line(stream);
            int semicolon = head.indexOf(';');
            left = number((semicolon < 0 ? head : head.substring(0, semicolon)).trim(), 16);
            return left > 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            int count = stream.read(target, offset, (int) Math.min(length, left));
            if (count < 0) {
                if (chunked || left < Long.MAX_VALUE - taken) {
                    throw new IOException("the answer ends in its middle");
                }
                ended = true;
                return -1;
            }
            taken += count;
            if (taken > max) {
                throw new IOException("the answer has more than " + max + " bytes");
            }
            left -= count;
            return count;
        }
    }
}
