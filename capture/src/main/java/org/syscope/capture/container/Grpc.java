package org.syscope.capture.container;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One gRPC call with one message each way, over HTTP/2 with prior knowledge (RFC 9113) on a connection of its own: as much
 * of it as a call to a container runtime needs. A client library of ten megabytes would do nothing more here.
 *
 * <pre>
 *  frame:    | length u24 | type u8 | flags u8 | stream u32 | payload |        all numbers big endian
 *  message:  | compressed u8, 0 | length u32 | protobuf |                      in DATA frames
 * </pre>
 *
 * <p>Headers are sent as literals. Those that come back are not decoded: the header table is announced with size 0, so that
 * nothing in them has to be remembered, and a call that was refused is one that ends without a message.
 */
final class Grpc {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;

    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int PADDED = 8;

    private static final int HEADER_TABLE_SIZE = 1;
    private static final int ENABLE_PUSH = 2;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int DEFAULT_WINDOW = 65_535;
    private static final int MAX_FRAME = 16_384;
    private static final int PREFIX = 5;
    private static final int STREAM = 1;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final UnixStream stream;
    private final DataInputStream in;
    private final int maxBytes;

    /**
     * A call over a new connection.
     *
     * @param maxBytes how long the answer may be
     */
    Grpc(UnixStream stream, int maxBytes) {
        this.stream = stream;
        this.in = new DataInputStream(stream);
        this.maxBytes = maxBytes;
    }

    /**
     * Calls.
     *
     * @param method {@code /package.Service/Method}
     * @param message the request, at most 16 KiB
     * @return the answer; null if the call was refused
     * @throws IOException if the connection fails, time is over, or what comes is not HTTP/2
     */
    byte[] call(String method, byte[] message) throws IOException {
        ByteBuffer settings = ByteBuffer.allocate(18).putShort((short) HEADER_TABLE_SIZE).putInt(0)
                .putShort((short) ENABLE_PUSH).putInt(0).putShort((short) INITIAL_WINDOW_SIZE).putInt(maxBytes + PREFIX);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PREFACE);
        frame(out, SETTINGS, 0, 0, settings.array());
        frame(out, WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(maxBytes + PREFIX - DEFAULT_WINDOW).array());
        frame(out, HEADERS, END_HEADERS, STREAM, headers(method));
        frame(out, DATA, END_STREAM, STREAM,
                ByteBuffer.allocate(PREFIX + message.length).put((byte) 0).putInt(message.length).put(message).array());
        stream.send(out.toByteArray());
        return answer();
    }

    private static void frame(ByteArrayOutputStream out, int type, int flags, int streamId, byte[] payload) {
        out.writeBytes(ByteBuffer.allocate(9).putInt(payload.length << 8 | type).put((byte) flags).putInt(streamId).array());
        out.writeBytes(payload);
    }

    private static byte[] headers(String method) {
        String[] headers = {":method", "POST", ":scheme", "http", ":path", method, ":authority", "localhost",
            "content-type", "application/grpc", "te", "trailers"};
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < headers.length; i += 2) {
            block.write(0);
            literal(block, headers[i]);
            literal(block, headers[i + 1]);
        }
        return block.toByteArray();
    }

    /** A string of less than 127 bytes, not Huffman-coded. */
    private static void literal(ByteArrayOutputStream block, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        block.write(bytes.length);
        block.writeBytes(bytes);
    }

    private byte[] answer() throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        boolean ended = false;
        boolean first = true;
        while (!ended) {
            int head = read();
            int length = head >>> 8;
            int type = head & 0xff;
            int flags = in.readUnsignedByte();
            int streamId = in.readInt() & Integer.MAX_VALUE;
            if (length > MAX_FRAME || first && type != SETTINGS) {
                throw new IOException("what came is not HTTP/2");
            }
            first = false;
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                throw new EOFException("the answer ends in its middle");
            }
            ended = streamId == STREAM && (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
            switch (type) {
                case DATA -> {
                    int start = (flags & PADDED) == 0 ? 0 : 1;
                    int padding = start == 0 ? 0 : length == 0 ? 1 : 1 + (payload[0] & 0xff);
                    if (padding > length) {
                        throw new IOException("what came is not HTTP/2");
                    }
                    if (data.size() + length > maxBytes + PREFIX) {
                        throw new IOException("the answer has more than " + maxBytes + " bytes");
                    }
                    data.write(payload, start, length - padding);
                }
                case SETTINGS -> acknowledge(type, flags, new byte[0]);
                case PING -> acknowledge(type, flags, payload);
                case RST_STREAM -> ended = streamId == STREAM;
                case GOAWAY -> throw new IOException("the runtime ended the connection");
                default -> {
                    // headers say nothing that the data does not show; windows are wide enough
                }
            }
        }
        return message(data.toByteArray());
    }

    private int read() throws IOException {
        try {
            return in.readInt();
        } catch (EOFException e) {
            throw new EOFException("the runtime ended the connection");
        }
    }

    private void acknowledge(int type, int flags, byte[] payload) throws IOException {
        if ((flags & ACK) == 0) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            frame(out, type, ACK, 0, payload);
            stream.send(out.toByteArray());
        }
    }

    private static byte[] message(byte[] data) throws IOException {
        if (data.length == 0) {
            return null;
        }
        int length = data.length < PREFIX ? -1 : ByteBuffer.wrap(data).getInt(1);
        if (length != data.length - PREFIX || data[0] != 0) {
            throw new IOException("the answer is not one message");
        }
        byte[] message = new byte[length];
        System.arraycopy(data, PREFIX, message, 0, length);
        return message;
    }
}
