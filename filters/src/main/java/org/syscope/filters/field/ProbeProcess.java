package org.syscope.filters.field;

import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerLookup;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

/**
 * Tells whether a process runs because the container's engine checks the container's health. An engine starts the check
 * from outside: the first process inside has a parent on the host and the command that was configured; what it
 * starts in turn belongs to the check.
 */
final class ProbeProcess {

    /** One of a container's configured commands. */
    @FunctionalInterface
    interface Command {
        /** Program and arguments with a blank between each; empty if none is configured. */
        Text of(ContainerInfo container);
    }

    /** Shells replace themselves by the one command that they were given. */
    private static final Text SHELL = Text.of("/bin/sh -c ");

    private final ContainerLookup containers;
    private final Command command;

    ProbeProcess(ContainerLookup containers, Command command) {
        this.containers = containers;
        this.command = command;
    }

    /** Whether the thread belongs to such a check; no on the host and where the container's configuration is unknown. */
    boolean isPartOf(ThreadInfo thread, SystemState state) {
        Text id = state.containerId(thread);
        ContainerInfo container = id.isEmpty() ? null : containers.find(id);
        if (container == null) {
            return false;
        }
        Text configured = command.of(container);
        ThreadInfo first = configured.isEmpty() ? null : Lineage.process(thread);
        for (int depth = 0; first != null && !Lineage.isTooDeep(depth); depth++) {
            ThreadInfo parent = Lineage.parent(state, first);
            if (parent == null || !parent.inPidNamespace() || !state.containerId(parent).equals(id)) {
                return first.vpid != 1 && (isCommand(first, configured, 0)
                        || startsWith(configured, SHELL) && isCommand(first, configured, SHELL.length()));
            }
            first = parent;
        }
        return false;
    }

    private static boolean startsWith(Text whole, Text start) {
        return matched(whole, 0, start) >= 0;
    }

    private static boolean isCommand(ThreadInfo process, Text configured, int from) {
        int at = matched(configured, from, process.exe);
        for (Text argument : process.args.parts()) {
            at = at < 0 || at >= configured.length() || configured.byteAt(at) != ' ' ? -1
                    : matched(configured, at + 1, argument);
        }
        return at == configured.length();
    }

    /** The place behind {@code part}, if it stands at that place; -1 otherwise. */
    private static int matched(Text whole, int at, Text part) {
        if (at + part.length() > whole.length()) {
            return -1;
        }
        for (int i = 0; i < part.length(); i++) {
            if (whole.byteAt(at + i) != part.byteAt(i)) {
                return -1;
            }
        }
        return at + part.length();
    }
}
