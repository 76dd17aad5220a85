package org.syscope.capture.state;

import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerJson;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;

/** Events that no system call makes: tracepoints, and what programs that capture write about users and containers. */
final class SystemEvents {

    /** The name by which container plugins announce a container in an asynchronous event. */
    private static final Text CONTAINER = Text.of("container");

    private final SystemState state;
    private final ContainerJson json = new ContainerJson();

    SystemEvents(SystemState state) {
        this.state = state;
    }

    /** Takes an event in that belongs to no thread. */
    void process(Event event, int code) {
        UserTable users = state.users();
        switch (code) {
            case EventCodes.PPME_USER_ADDED_E -> users.addUser(event.text(5), new UserInfo((int) event.unsigned(0, 0),
                    (int) event.unsigned(1, ThreadInfo.NO_ID), event.text(2), event.text(3), event.text(4)));
            case EventCodes.PPME_USER_DELETED_E -> users.removeUser(event.text(5), (int) event.unsigned(0, 0));
            case EventCodes.PPME_GROUP_ADDED_E -> users.addGroup(event.text(2),
                    new GroupInfo((int) event.unsigned(0, 0), event.text(1)));
            case EventCodes.PPME_GROUP_DELETED_E -> users.removeGroup(event.text(2), (int) event.unsigned(0, 0));
            case EventCodes.PPME_CONTAINER_E -> container(event.text(0).isEmpty() ? null
                    : ContainerJson.of(event.text(0), (int) event.unsigned(1, -1), event.text(2), event.text(3)));
            case EventCodes.PPME_CONTAINER_JSON_E, EventCodes.PPME_CONTAINER_JSON_2_E -> container(json.read(event.bytes(0)));
            case EventCodes.PPME_ASYNCEVENT_E -> {
                if (event.text(1).equals(CONTAINER)) {
                    container(json.read(event.bytes(2)));
                }
            }
            case EventCodes.PPME_PROCINFO_E -> state.thread(state.threads().get(event.tid()));
            default -> {
            }
        }
    }

    /** Takes in what an event says of a container; null if it says nothing that can be understood. */
    private void container(ContainerInfo container) {
        if (container == null) {
            state.containers().refuse();
        } else {
            state.containers().put(container);
        }
    }

    /** Takes a one-sided event of the current thread in. */
    void tracepoint(Event event, int code) {
        ThreadInfo thread = state.thread();
        switch (code) {
            case EventCodes.PPME_SCHEDSWITCH_6_E -> {
                thread.pfMajor = event.unsigned(1, thread.pfMajor);
                thread.pfMinor = event.unsigned(2, thread.pfMinor);
                ThreadInfo main = thread.leader();
                main.vmSize = event.unsigned(3, main.vmSize);
                main.vmRss = event.unsigned(4, main.vmRss);
                main.vmSwap = event.unsigned(5, main.vmSwap);
            }
            case EventCodes.PPME_PROCEXIT_E, EventCodes.PPME_PROCEXIT_1_E -> {
                thread.dead = true;
                thread.reaperTid = event.signed(4, -1);
                state.removals().thread(thread.tid);
            }
            default -> {
            }
        }
    }
}
