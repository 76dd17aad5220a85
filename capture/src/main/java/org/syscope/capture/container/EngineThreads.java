package org.syscope.capture.container;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.syscope.capture.event.Text;

/**
 * The two threads of an engine: one asks for containers, one after the other; one listens for those that the engine makes,
 * so that their names are known before their first event. Whoever fails often is left alone for a while; an engine that
 * starts again is used again. The first failure is said, no other.
 */
final class EngineThreads {

    private static final int QUEUE = 4096;
    private static final int FAILURES = 2;
    /** How often, and after how long, an engine is asked again that is still making a container, or is taking it down. */
    private static final int TRIES = 3;
    private static final long TRY_AGAIN_MILLIS = 30;
    private static final long REST = TimeUnit.SECONDS.toNanos(5);
    private static final long LISTEN_AGAIN_MILLIS = 1000;

    private final Engine engine;
    private final Queue<ContainerResolver.Answer> answers;
    private final Queue<String> messages;
    private final BlockingQueue<Text> questions = new ArrayBlockingQueue<>(QUEUE);
    private final Thread asking;
    private final Thread listening;
    private boolean warned;
    private volatile boolean closed;

    EngineThreads(Engine engine, Queue<ContainerResolver.Answer> answers, Queue<String> messages) {
        this.engine = engine;
        this.answers = answers;
        this.messages = messages;
        this.asking = thread(this::ask, "ask ");
        this.listening = thread(this::listen, "listen ");
    }

    private Thread thread(Runnable body, String name) {
        Thread thread = new Thread(body, name + engine.socket());
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        asking.start();
        listening.start();
    }

    boolean mayRun(ContainerType type) {
        return engine.mayRun(type);
    }

    /** Whether the question was taken; false if too many wait. */
    boolean ask(Text id) {
        return questions.offer(id);
    }

    private void ask() {
        int failures = 0;
        int refusals = 0;
        long rest = 0;
        while (!closed) {
            Text id;
            try {
                id = questions.take();
            } catch (InterruptedException ended) {
                return;
            }
            ContainerInfo found = null;
            boolean resting = failures >= FAILURES && System.nanoTime() - rest < 0;
            if (!resting && engine.isThere()) {
                try {
                    found = inspect(id.toString());
                    failures = 0;
                    refusals = 0;
                } catch (RefusedException busy) {
                    refusals++;
                    if (refusals >= FAILURES) {
                        warn(busy);
                    }
                } catch (InterruptedException ended) {
                    return;
                } catch (IOException | RuntimeException e) {
                    failures++;
                    rest = System.nanoTime() + REST;
                    warn(e);
                }
            }
            answers.add(new ContainerResolver.Answer(id, found, true));
        }
    }

    private ContainerInfo inspect(String id) throws IOException, InterruptedException {
        for (int tries = 1;; tries++) {
            try {
                return engine.inspect(id);
            } catch (RefusedException busy) {
                if (tries == TRIES) {
                    throw busy;
                }
                Thread.sleep(TRY_AGAIN_MILLIS);
            }
        }
    }

    private void listen() {
        while (!closed) {
            if (engine.isThere()) {
                try {
                    if (!engine.listen(found -> answers.add(new ContainerResolver.Answer(found.id(), found, false)))) {
                        return;
                    }
                } catch (IOException | RuntimeException broken) {
                    // the thread that asks says what is wrong, if anything is needed of this engine
                }
            }
            try {
                Thread.sleep(LISTEN_AGAIN_MILLIS);
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void warn(Exception reason) {
        if (!warned && !closed) {
            warned = true;
            String what = reason instanceof AccessDeniedException ? "permission denied" : reason.getMessage();
            int end = what == null ? -1 : what.indexOf('\n');
            messages.add("containers of " + engine.socket() + " have no names: "
                    + (what == null ? reason.toString() : end < 0 ? what : what.substring(0, end)));
        }
    }

    void close() {
        closed = true;
        engine.close();
        asking.interrupt();
        listening.interrupt();
    }
}
