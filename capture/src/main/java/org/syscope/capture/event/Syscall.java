package org.syscope.capture.event;

/**
 * A system call of the kernel and its event pair.
 *
 * @param name the kernel's name, for example {@code openat2}
 * @param x86Number its number on x86_64, -1 if it does not exist there
 * @param arm64Number its number on aarch64, -1 if it does not exist there
 * @param code its PPM_SC_* code, which is the same on all architectures
 * @param enterType event type code of its enter event
 * @param exitType event type code of its exit event, {@link EventCodes#PPME_GENERIC_X} if it has none of its own
 */
public record Syscall(String name, int x86Number, int arm64Number, int code, int enterType, int exitType) {

    /** Whether the call has no event type of its own. */
    public boolean generic() {
        return exitType == EventCodes.PPME_GENERIC_X;
    }
}
