package org.syscope.capture.container;

import java.io.IOException;
import java.util.function.Consumer;

/** A container engine that can be asked over its Unix socket. Used by two threads: one that asks, one that listens. */
interface Engine {

    /** The socket's path, for messages. */
    String socket();

    /** Whether its socket is there now; false while the engine is not running. */
    boolean isThere();

    /** Whether containers that control groups give this type may be its. */
    boolean mayRun(ContainerType type);

    /**
     * Asks for a container. Bounded in time.
     *
     * @param id whole, or its first 12 digits
     * @return null if the engine has none of that id
     * @throws IOException if it does not answer, or not in a way that can be understood
     */
    ContainerInfo inspect(String id) throws IOException;

    /**
     * Listens until the engine ends the connection, and tells the containers that it makes, starts and renames.
     *
     * @return false if the engine cannot be listened to
     * @throws IOException if the connection fails
     */
    boolean listen(Consumer<ContainerInfo> told) throws IOException;

    /** Ends {@link #listen}, from another thread. */
    void close();
}
