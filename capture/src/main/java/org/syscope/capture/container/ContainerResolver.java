package org.syscope.capture.container;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.syscope.capture.event.Text;

/**
 * Asks engines for the containers that events come from, without ever waiting for them: {@link #request} takes note of an
 * id, {@link #poll} gives what was found out since. Each engine has its own threads, so that one that hangs delays no
 * other. The methods are called by the thread that handles events.
 */
public final class ContainerResolver implements AutoCloseable {

    /** Where messages about engines go. */
    @FunctionalInterface
    public interface Warnings {
        /** Takes a message; called by the thread that calls {@link #poll}. */
        void warn(String message);
    }

    /** What an engine found out: {@code container} is null if it has none of that id. */
    record Answer(Text id, ContainerInfo container, boolean asked) {
    }

    private static final long RETRY = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_SHIFT = 5;
    private static final int MAX_KNOWN = 65_536;

    /** How far the search for a container got. */
    private static final class Search {
        private int open;
        private boolean settled;
        private int tries;
        private long nextTry;
    }

    private final List<EngineThreads> engines = new ArrayList<>();
    private final Map<Text, Search> searches = new HashMap<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();
    private final Warnings warnings;

    /** A resolver that asks these engines from now on. */
    ContainerResolver(List<Engine> engines, Warnings warnings) {
        this.warnings = warnings;
        for (Engine engine : engines) {
            this.engines.add(new EngineThreads(engine, answers, messages));
        }
        this.engines.forEach(EngineThreads::start);
    }

    /** A resolver that asks the engines behind these sockets from now on. */
    public static ContainerResolver of(EngineSockets sockets, Warnings warnings) {
        return new ContainerResolver(sockets.engines(), warnings);
    }

    /**
     * Has a container looked for, unless it is being looked for or was looked for lately in vain; then again after 1 s, 2 s
     * and so on up to half a minute, because engines may start again.
     *
     * @return whether an answer is awaited
     */
    public boolean request(ContainerId container) {
        Search search = searches.get(container.id());
        if (search == null) {
            if (searches.size() >= MAX_KNOWN) {
                searches.clear();
            }
            search = new Search();
            searches.put(container.id(), search);
            if (container.type().isKnownByPath()) {
                search.settled = true;
                answers.add(new Answer(container.id(), named(container), false));
                return true;
            }
        }
        if (search.open > 0) {
            return true;
        }
        if (search.settled || search.tries > 0 && System.nanoTime() - search.nextTry < 0) {
            return false;
        }
        search.nextTry = System.nanoTime() + (RETRY << Math.min(search.tries, MAX_SHIFT));
        search.tries++;
        for (EngineThreads engine : engines) {
            if (engine.mayRun(container.type()) && engine.ask(container.id())) {
                search.open++;
            }
        }
        return search.open > 0;
    }

    /** Engines whose control groups have names, not ids, have nothing more to tell. */
    private static ContainerInfo named(ContainerId container) {
        ContainerDraft draft = new ContainerDraft(container.id(), container.type().typeName());
        draft.name = container.id();
        return draft.build();
    }

    /** Whether nothing was found out since {@link #poll} gave null; cheap. */
    public boolean isQuiet() {
        return answers.isEmpty() && messages.isEmpty();
    }

    /** The next container that was found out about, asked for or not; null if there is none now. Hands on messages, too. */
    public ContainerInfo poll() {
        for (String message = messages.poll(); message != null; message = messages.poll()) {
            warnings.warn(message);
        }
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            Search search = searches.get(answer.id());
            if (search != null && answer.asked()) {
                search.open--;
            }
            if (answer.container() != null) {
                return answer.container();
            }
        }
        return null;
    }

    /** Whether an answer about that container is awaited. */
    public boolean isAwaited(Text id) {
        Search search = searches.get(id);
        return search != null && search.open > 0;
    }

    /** Ends the threads; answers that are under way are lost. */
    @Override
    public void close() {
        engines.forEach(EngineThreads::close);
    }
}
