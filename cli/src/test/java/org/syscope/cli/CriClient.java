package org.syscope.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts pods and containers as a kubelet does: requests of the Container Runtime Interface, written by hand with the
 * numbers of its {@code api.proto} and sent by curl, whose HTTP/2 knows nothing of ours.
 */
final class CriClient {

    private static final int NODE_NETWORK = 2;
    private static final String GOOD = "grpc-status: 0";

    private final ContainerTools tools;
    private final Path folder;
    private final Path socket;
    private final List<String> sandboxes = new ArrayList<>();

    CriClient(ContainerTools tools, Path folder, Path socket) {
        this.tools = tools;
        this.folder = folder;
        this.socket = socket;
    }

    /** Starts a container in a pod of its own; the pod is {@code pod-NAME} in namespace shop, with the label app=web. */
    void start(String name, String image, String... command) throws Exception {
        byte[] namespaces = number(1, NODE_NETWORK);
        byte[] pod = join(bytes(1, join(text(1, "pod-" + name), text(2, "uid-" + name), text(3, "shop"))),
                text(3, folder.resolve("logs").toString()), bytes(6, join(text(1, "app"), text(2, "web"))),
                bytes(8, join(text(1, "/kubepods/besteffort/pod" + name), bytes(2, bytes(1, namespaces)))));
        String sandbox = must("RunPodSandbox", bytes(1, pod));
        sandboxes.add(sandbox);
        ByteArrayOutputStream container = new ByteArrayOutputStream();
        container.writeBytes(bytes(1, text(1, name)));
        container.writeBytes(bytes(2, text(1, image)));
        for (String word : command) {
            container.writeBytes(text(3, word));
        }
        container.writeBytes(bytes(9, join(text(1, "tier"), text(2, "front"))));
        container.writeBytes(text(11, name + ".log"));
        String id = must("CreateContainer", join(text(1, sandbox), bytes(2, container.toByteArray()), bytes(3, pod)));
        must("StartContainer", text(1, id));
    }

    /** Whether the runtime answers. */
    boolean isReady() throws IOException, InterruptedException {
        return call("ListPodSandbox", new byte[0]) && Files.readString(headers()).contains(GOOD);
    }

    /** Stops and removes all that was started. */
    void removeAll() throws IOException, InterruptedException {
        for (String sandbox : sandboxes) {
            must("StopPodSandbox", text(1, sandbox));
            must("RemovePodSandbox", text(1, sandbox));
        }
    }

    private Path headers() {
        return folder.resolve("headers");
    }

    /** Calls a method that must succeed; gives the first field of its answer, a text. */
    private String must(String method, byte[] message) throws IOException, InterruptedException {
        assertThat(call(method, message)).as(() -> method + ": " + tools.said("out")).isTrue();
        assertThat(Files.readString(headers())).as(method).contains(GOOD);
        byte[] bytes = Files.readAllBytes(folder.resolve("answer"));
        int start = 5 + 2;
        return bytes.length <= start ? "" : new String(bytes, start, bytes[start - 1], StandardCharsets.UTF_8);
    }

    private boolean call(String method, byte[] message) throws IOException, InterruptedException {
        Path request = folder.resolve("request");
        Files.write(request, join(new byte[]{0}, ByteBuffer.allocate(Integer.BYTES).putInt(message.length).array(), message));
        Files.write(headers(), new byte[0]);
        return tools.run(new ProcessBuilder("curl", "-sS", "--http2-prior-knowledge", "--unix-socket", socket.toString(), "-H",
                "content-type: application/grpc", "-H", "te: trailers", "--data-binary", "@" + request, "-D",
                headers().toString(), "-o", folder.resolve("answer").toString(),
                "http://localhost/runtime.v1.RuntimeService/" + method)).exitValue() == 0;
    }

    private static byte[] text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] number(int field, int value) {
        return new byte[]{(byte) (field << 3), (byte) value};
    }

    private static byte[] bytes(int field, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(field << 3 | 2);
        int rest = value.length;
        for (; rest > Byte.MAX_VALUE; rest >>>= 7) {
            out.write(rest & 0x7f | 0x80);
        }
        out.write(rest);
        out.writeBytes(value);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
