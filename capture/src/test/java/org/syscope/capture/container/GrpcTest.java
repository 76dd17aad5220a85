package org.syscope.capture.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A call over HTTP/2 understands what servers send, and whatever else comes ends as an I/O error, in time. */
@Timeout(60)
final class GrpcTest {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int END = 1;
    private static final int PADDED = 8;
    private static final int LIMIT = 1 << 20;
    private static final byte[] MESSAGE = "the message".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length).putInt(payload.length << 8 | type).put((byte) flags).putInt(stream)
                .put(payload).array();
    }

    private static byte[] prefixed(byte[] message) {
        return ByteBuffer.allocate(5 + message.length).put((byte) 0).putInt(message.length).put(message).array();
    }

    private static byte[] padded(byte[] payload) {
        return ByteBuffer.allocate(payload.length + 4).put((byte) 3).put(payload).array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] good() {
        byte[] whole = prefixed(MESSAGE);
        return join(frame(SETTINGS, 0, 0), frame(PING, 0, 0, new byte[8]), frame(HEADERS, 4, 1, new byte[]{(byte) 0x88}),
                frame(DATA, 0, 1, Arrays.copyOf(whole, 3)),
                frame(DATA, PADDED, 1, padded(Arrays.copyOfRange(whole, 3, whole.length))),
                frame(HEADERS, END | 4, 1, new byte[]{0}));
    }

    private byte[] call(FakeEngine.Answerer server, long millis) throws IOException {
        Path socket = folder.resolve("s" + System.nanoTime());
        try (FakeEngine engine = new FakeEngine(socket, server);
                UnixStream stream = UnixStream.connect(socket, TimeUnit.MILLISECONDS.toNanos(millis))) {
            byte[] answer = new Grpc(stream, LIMIT).call("/runtime.v1.RuntimeService/Version", new byte[0]);
            assertThat(engine.asked).as("what HTTP/2 begins with").containsExactly("*");
            return answer;
        }
    }

    /** What the answer of a server means that then waits for more, as servers do. */
    private byte[] answered(byte[] bytes) throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        try {
            return call((path, out) -> {
                out.write(bytes);
                done.await();
            }, 10_000);
        } finally {
            done.countDown();
        }
    }

    /** The same of a server that ends the connection at once. */
    private byte[] cutOff(byte[] bytes) throws IOException {
        return call((path, out) -> out.write(bytes), 10_000);
    }

    @Test
    void theMessageIsPutTogether() throws IOException {
        assertThat(answered(good())).isEqualTo(MESSAGE);
    }

    @Test
    void aRefusalHasNoMessage() throws IOException {
        assertThat(answered(join(frame(SETTINGS, 0, 0), frame(HEADERS, END | 4, 1, new byte[]{0})))).isNull();
    }

    @Test
    void whatIsNoAnswerIsSaid() {
        assertThatThrownBy(() -> answered("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IOException.class).hasMessageContaining("not HTTP/2");
        assertThatThrownBy(() -> answered(join(frame(SETTINGS, 0, 0), frame(GOAWAY, 0, 0, new byte[8]))))
                .isInstanceOf(IOException.class).hasMessageContaining("ended the connection");
        assertThatThrownBy(() -> answered(join(frame(SETTINGS, 0, 0), frame(DATA, 0, 1, Arrays.copyOf(prefixed(MESSAGE), 9)),
                frame(RST_STREAM, 0, 1, new byte[4])))).isInstanceOf(IOException.class).hasMessageContaining("not one message");
        assertThatThrownBy(() -> answered(join(frame(SETTINGS, 0, 0), frame(DATA, PADDED | END, 1))))
                .isInstanceOf(IOException.class).hasMessageContaining("not HTTP/2");
        assertThatThrownBy(() -> cutOff(new byte[0])).isInstanceOf(IOException.class);
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        assertThatThrownBy(() -> call(GrpcTest::flood, 30_000)).isInstanceOf(IOException.class)
                .hasMessageContaining("more than " + LIMIT + " bytes");
    }

    private static void flood(String path, OutputStream out) throws IOException {
        out.write(frame(SETTINGS, 0, 0));
        byte[] piece = frame(DATA, 0, 1, new byte[16_384]);
        for (int i = 0; i < 10 * LIMIT / piece.length; i++) {
            out.write(piece);
        }
    }

    @Test
    void aServerThatHangsIsLeft() {
        CountDownLatch never = new CountDownLatch(1);
        long start = System.nanoTime();
        assertThatThrownBy(() -> call((path, out) -> never.await(), 100)).isInstanceOf(IOException.class);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(100_000_000);
    }

    @Test
    void noTruncationIsTakenForAnAnswer() {
        byte[] good = good();
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> cutOff(cut)).as("%d bytes", length).isInstanceOf(IOException.class);
        }
    }

    @Test
    void brokenBytesAreAnswersOrErrorsButNoFaults() {
        Random random = new Random(9);
        for (int i = 0; i < 300; i++) {
            byte[] broken = good();
            for (int change = random.nextInt(4); change >= 0; change--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                cutOff(broken);
            } catch (IOException said) {
                assertThat(said.getMessage()).isNotBlank();
            }
        }
    }
}
