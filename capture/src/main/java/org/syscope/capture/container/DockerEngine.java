package org.syscope.capture.container;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The API of Docker, which Podman's service speaks too. */
final class DockerEngine implements Engine {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int MAX_ANSWER = 4 << 20;
    private static final int MAX_LINE = 1 << 20;
    private static final int MAX_REASON = 200;
    private static final int IMAGES = 256;
    private static final Set<String> TELLING = Set.of("create", "start", "rename", "update");
    private static final String EVENTS = "/events?filters=%7B%22type%22%3A%5B%22container%22%5D%7D";

    private final Path path;
    private final ContainerType type;
    private final long nanos;
    private final JsonFactory json = Json.factory();
    private final Map<String, Json> images = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Json> eldest) {
            return size() > IMAGES;
        }
    };
    private volatile UnixStream listening;
    private volatile boolean closed;

    /**
     * An engine.
     *
     * @param type DOCKER or PODMAN
     * @param nanos how long an answer may take, ns
     */
    DockerEngine(Path path, ContainerType type, long nanos) {
        this.path = path;
        this.type = type;
        this.nanos = nanos;
    }

    @Override
    public String socket() {
        return path.toString();
    }

    @Override
    public boolean isThere() {
        return Files.exists(path);
    }

    /** Bare ids look alike with every engine; only what is named after another engine is certainly not this one's. */
    @Override
    public boolean mayRun(ContainerType other) {
        return other == type || other == ContainerType.CRI || other == ContainerType.DOCKER;
    }

    @Override
    public ContainerInfo inspect(String id) throws IOException {
        Json container = get("/containers/" + id + "/json");
        if (container == null) {
            return null;
        }
        if (container.at("Id").string().isEmpty()) {
            throw new IOException("the answer describes no container");
        }
        return new DockerDescription(container, image(container.at("Image").string())).container(type);
    }

    /** What the engine says of an image; asked once for each. Nothing if it does not know the image any longer. */
    private Json image(String id) throws IOException {
        synchronized (images) {
            Json known = images.get(id);
            if (known != null) {
                return known;
            }
        }
        Json image = id.isEmpty() ? null : get("/images/" + id + "/json");
        if (image == null) {
            return null;
        }
        synchronized (images) {
            images.put(id, image);
        }
        return image;
    }

    private Json get(String what) throws IOException {
        try (UnixStream stream = UnixStream.connect(path, nanos)) {
            HttpAnswer answer = HttpAnswer.get(stream, what, MAX_ANSWER);
            if (answer.status() == NOT_FOUND) {
                return null;
            }
            if (answer.status() != OK) {
                throw new RefusedException("it answered with status " + answer.status() + reason(answer));
            }
            return Json.read(json, answer.body());
        }
    }

    /** Both engines say in a message why they refuse. */
    private String reason(HttpAnswer answer) {
        try {
            String message = Json.read(json, answer.body()).at("message").string();
            int length = 0;
            while (length < Math.min(message.length(), MAX_REASON) && !Character.isISOControl(message.charAt(length))) {
                length++;
            }
            return length == 0 ? "" : ": " + message.substring(0, length);
        } catch (IOException saysNothing) {
            return "";
        }
    }

    @Override
    public boolean listen(Consumer<ContainerInfo> told) throws IOException {
        try (UnixStream stream = UnixStream.connect(path, UnixStream.FOREVER)) {
            listening = stream;
            if (closed) {
                return true;
            }
            HttpAnswer answer = HttpAnswer.get(stream, EVENTS, Long.MAX_VALUE);
            if (answer.status() != OK) {
                return false;
            }
            listen(answer.body(), told);
        } finally {
            listening = null;
        }
        return true;
    }

    /** The engine tells an event a line. */
    private void listen(InputStream events, Consumer<ContainerInfo> told) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = events.read(); next >= 0; next = events.read()) {
            if (next != '\n') {
                if (line.size() >= MAX_LINE) {
                    throw new IOException("an event has more than " + MAX_LINE + " bytes");
                }
                line.write(next);
                continue;
            }
            Json event = Json.read(json, line.toByteArray(), 0, line.size());
            line.reset();
            String action = event.at("Action").string();
            String id = event.at("Actor", "ID").string();
            if (TELLING.contains(action) && id.chars().allMatch(c -> Character.digit(c, 16) >= 0) && !id.isEmpty()) {
                ContainerInfo container = described(id);
                if (container == null) {
                    container = DockerDescription.named(id, event.at("Actor", "Attributes"), type);
                }
                if (!container.name().isEmpty()) {
                    told.accept(container);
                }
            }
        }
    }

    /** Null if the container was gone, or the engine too busy with it, before it could be described. */
    private ContainerInfo described(String id) {
        try {
            return inspect(id);
        } catch (IOException nothingButItsName) {
            return null;
        }
    }

    @Override
    public void close() {
        closed = true;
        UnixStream stream = listening;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException alreadyBroken) {
                listening = null;
            }
        }
    }
}
