package org.syscope.capture.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens on a Unix socket and answers as a test wants; a connection a thread. */
final class FakeEngine implements AutoCloseable {

    /** Answers one connection. */
    @FunctionalInterface
    interface Answerer {
        /** Answers the request for {@code path}; the connection is closed afterwards. */
        void answer(String path, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocketChannel server;
    private final Path path;
    private final Answerer answerer;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    /** The paths that were asked for. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    FakeEngine(Path path, Answerer answerer) throws IOException {
        this.path = path;
        this.answerer = answerer;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        start(this::accept);
    }

    private void start(Runnable body) {
        Thread thread = new Thread(body, "fake engine");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel connection = server.accept();
                start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection; InputStream in = Channels.newInputStream(connection);
                OutputStream out = Channels.newOutputStream(connection)) {
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                request.append((char) next);
            }
            String what = request.toString().split(" ")[1];
            asked.add(what);
            answerer.answer(what, out);
        } catch (IOException | InterruptedException gone) {
            // the other side had enough, or the test is over
        }
    }

    /** Sends a whole answer in one piece. */
    static void send(OutputStream out, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 " + status + " X\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
    }

    /** Sends an answer in chunks of {@code size} bytes. */
    static void sendChunked(OutputStream out, String body, int size) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        for (int at = 0; at < bytes.length; at += size) {
            int length = Math.min(size, bytes.length - at);
            out.write((Integer.toHexString(length) + ";x=y\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, at, length);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.forEach(Thread::interrupt);
        Files.deleteIfExists(path);
    }
}
