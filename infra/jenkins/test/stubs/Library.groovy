/** In place of Jenkins's own. */
@interface Library {
  String value()
}
