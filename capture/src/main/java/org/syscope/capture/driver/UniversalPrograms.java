package org.syscope.capture.driver;

import java.util.List;
import java.util.Set;
import org.syscope.capture.bpf.BpfException;

/**
 * The programs of the universal object: when each is wanted, which slot of the tail call table it fills, what is lost
 * without it. Source: {@code bpf-src/shared/interface.h}, whose {@code enum syscope_slot} gives the slots.
 */
final class UniversalPrograms {

    /** Without these there is no trace. */
    static final List<String> ESSENTIAL = List.of("sys_exit");

    /** Names of the tail-called programs without their prefix, by slot. */
    private static final List<String> SLOTS = List.of("generic", "plain", "open", "vector", "poll", "pipe", "socket", "send",
            "message", "sockopt", "clone", "exec", "limits", "control", "quota");

    private UniversalPrograms() {
    }

    /**
     * Whether a program is needed for what was asked.
     *
     * @param slots which tail-called program makes which events
     */
    static boolean wanted(String name, DriverOptions options, EventSlots slots) {
        int slot = slot(name);
        if (slot >= 0) {
            return (name.startsWith("exit_") ? slots.ofExits(options.exits()) : slots.ofEnters(options.enters())).get(slot);
        }
        return tracepointWanted(name, options);
    }

    /** Whether the program of a tracepoint is needed for what was asked, in any driver. */
    static boolean tracepointWanted(String name, DriverOptions options) {
        return switch (name) {
            case "sys_enter" -> options.latency() || !options.enters().isEmpty();
            case "sched_process_exit" -> options.exits().get(DriverOptions.SCHED_PROCESS_EXIT) || options.onlyTraced();
            case "sched_switch" -> options.exits().get(DriverOptions.SCHED_SWITCH);
            case "page_fault_user" -> options.exits().get(DriverOptions.PAGE_FAULT_USER);
            case "page_fault_kernel" -> options.exits().get(DriverOptions.PAGE_FAULT_KERNEL);
            case "signal_deliver" -> options.exits().get(DriverOptions.SIGNAL_DELIVER);
            default -> true;
        };
    }

    /** Name of the map with the tail call table that a program belongs into; null if it is attached to a tracepoint. */
    static String table(String name) {
        if (name.startsWith("exit_")) {
            return "exits";
        }
        return name.startsWith("enter_") ? "enters" : null;
    }

    /** The program's slot in its tail call table; -1 if it has none. */
    static int slot(String name) {
        return switch (name) {
            case "enter_generic", "enter_plain" -> SLOTS.indexOf(name.substring("enter_".length()));
            case "enter_special" -> SLOTS.size();
            default -> name.startsWith("exit_") ? SLOTS.indexOf(name.substring("exit_".length())) : -1;
        };
    }

    /**
     * Whether nothing is lost without this program, as another one does the same: the tracepoint at which io_uring takes
     * an operation has changed its name (Linux 6.4), so one of its two programs is always refused. And a kernel that does
     * not tell of its sleep does not sleep.
     */
    static boolean replaced(String name, Set<String> refused) {
        return switch (name) {
            case "io_uring_submit_req" -> !refused.contains("io_uring_submit_sqe");
            case "io_uring_submit_sqe" -> !refused.contains("io_uring_submit_req");
            case "suspend_resume" -> true;
            default -> false;
        };
    }

    /** One line for a program that the kernel did not take: what is lost with it and why. */
    static String lossLine(String name, BpfException why) {
        return lossLine(name, why.getMessage());
    }

    /** The same for any driver that has no tracepoint of this name. */
    static String lossLine(String name, String why) {
        String lost = switch (name) {
            case "sys_enter" -> "latencies and enter events";
            case "sched_process_exit" -> "process exits";
            case "sched_process_exec" -> "successful execve";
            case "sched_process_fork" -> "the child's side of forks";
            case "sched_switch" -> "context switches";
            case "io_uring_submit_req", "io_uring_submit_sqe", "io_uring_complete" -> "operations of io_uring";
            case "page_fault_user", "page_fault_kernel" -> "page faults";
            case "signal_deliver" -> "signal deliveries";
            case "enter_generic", "enter_plain", "enter_special" ->
                "enter events of the group '" + name.substring("enter_".length()) + "'";
            default -> slot(name) >= 0 ? "calls of the group '" + name.substring("exit_".length()) + "'" : name;
        };
        return "left out: " + lost + ": " + why;
    }
}
