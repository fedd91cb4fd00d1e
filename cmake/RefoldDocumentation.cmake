# Defines the target refold-docs, the reference documentation of the public headers, if Doxygen is found. Warnings are
# errors. Included by the top-level project only.
find_program(REFOLD_DOXYGEN doxygen)
mark_as_advanced(REFOLD_DOXYGEN)
if(REFOLD_DOXYGEN)
    set(REFOLD_DOCUMENTATION_DIR ${PROJECT_BINARY_DIR}/documentation)
    configure_file(cmake/Doxyfile.in ${PROJECT_BINARY_DIR}/Doxyfile @ONLY)
    file(MAKE_DIRECTORY ${REFOLD_DOCUMENTATION_DIR})
    add_custom_target(refold-docs
        COMMAND ${REFOLD_DOXYGEN} ${PROJECT_BINARY_DIR}/Doxyfile
        WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
        COMMENT "Writing the reference documentation to ${REFOLD_DOCUMENTATION_DIR}/html"
        VERBATIM)
endif()
