package org.syscope.capture.event;

/**
 * One parameter of an event type.
 *
 * @param index position, from 0
 * @param name the name, for example {@code fd}
 * @param type the type on the wire
 * @param format how numbers are printed
 * @param flagTable names of its bits or values; null where there are none
 * @param dirfdIndex for FSRELPATH the position of the directory fd, otherwise -1
 * @param dynamicTypes for DYN the types by index, otherwise null
 */
public record ParameterInfo(
        int index,
        String name,
        ParameterType type,
        PrintFormat format,
        FlagTable flagTable,
        int dirfdIndex,
        DynamicTypes dynamicTypes) {
}
