package org.syscope.capture.container;

import org.syscope.capture.event.Text;

/** What is known of containers, by id. */
@FunctionalInterface
public interface ContainerLookup {

    /** Nothing is known of any container. */
    ContainerLookup NONE = id -> null;

    /**
     * A container.
     *
     * @param id as the state tells it for a thread: 12 digits or an engine's name; never empty
     * @return null if nothing is known of it (yet)
     */
    ContainerInfo find(Text id);
}
