package org.syscope.chisels.views;

/**
 * The filters for a row of a view, with a mark in the place of the row's value, as csysdig's JSON has them.
 *
 * @param selection without that of the next view
 * @param whole with it
 */
public record RowFilters(String selection, String whole) {
}
