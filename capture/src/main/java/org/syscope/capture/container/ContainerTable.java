package org.syscope.capture.container;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.syscope.capture.event.Text;

/**
 * The containers that were told of, by recorded events or by an engine. One that ended stays, because its last events still
 * come; of very many the ones that were told of first are forgotten. Not thread safe.
 */
public final class ContainerTable implements ContainerLookup {

    private static final int CAPACITY = 65_536;

    private final Map<Text, ContainerInfo> containers = new LinkedHashMap<>();
    private long unreadable;

    /** Adds a container, or replaces what was said of it. */
    public void put(ContainerInfo container) {
        containers.remove(container.id());
        if (containers.size() >= CAPACITY) {
            Iterator<Text> oldest = containers.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        containers.put(container.id(), container);
    }

    @Override
    public ContainerInfo find(Text id) {
        return containers.get(id);
    }

    /** Visits all, in the order in which they were told of. */
    public void forEach(Consumer<ContainerInfo> visitor) {
        containers.values().forEach(visitor);
    }

    /** How many are known. */
    public int size() {
        return containers.size();
    }

    /** Counts an event about a container that could not be understood. */
    public void refuse() {
        unreadable++;
    }

    /** How many events about containers could not be understood. */
    public long unreadable() {
        return unreadable;
    }

    /** Forgets all containers, not the count. */
    public void clear() {
        containers.clear();
    }
}
