# Writes each input file as one {"name", R"~(text)~"} pair, to be #included in a C++ table.
set(content "")
foreach(input ${INPUTS})
  get_filename_component(name ${input} NAME)
  file(READ ${input} text)
  string(APPEND content "{\"${name}\", R\"~~(${text})~~\"},\n")
endforeach()
file(WRITE ${OUTPUT} "${content}")
