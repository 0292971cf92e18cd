/*
 * Search that finds inflected forms: "Bücher" finds "Buch", "Vertrag" finds "Verträge".
 *
 * The theme's worker appends "*" to each word of a query, and the search engine does not stem words with "*". So this
 * worker stems the words before the theme's worker sees them, and has the index hold each word both stemmed and whole,
 * since a word that is still being typed has no stem of its own. The name of the theme's worker follows the "?".
 */
"use strict"

const SETUP = 0
const QUERY = 2

/* German stems have no umlauts; so whole words get none either. */
const FOLDINGS = {
  de: word => word.replace(/ß/g, "ss").normalize("NFD").replace(/([aou])\u0308/g, "$1").normalize("NFC")
}

let language = "en"
let stems = false

const stemmers = new Map()

/* The stemmer as the search engine made it, before it was widened. */
function original(plugin) {
  return stemmers.get(plugin)
}

function widen(plugin) {
  if (stemmers.has(plugin) || !plugin.stemmer)
    return
  const stemmer = plugin.stemmer
  const fold = FOLDINGS[language] || (word => word)
  stemmers.set(plugin, stemmer)
  plugin.stemmer = token => {
    const whole = token.clone(fold)
    const stemmed = stemmer(token)
    return stemmed.toString() === whole.toString() ? stemmed : [stemmed, whole]
  }
  lunr.Pipeline.registerFunction(plugin.stemmer, `stemmer-and-word-${language}`)
}

function stem(query) {
  const plugin = language === "en" ? lunr : lunr[language]
  const stemmer = plugin && original(plugin)
  if (!stemmer)
    return query
  return query.replace(/[\p{L}\p{M}\p{N}]+(?!:)/gu, word => stemmer(new lunr.Token(word.toLowerCase(), {})).toString())
}

/* Runs before the listener of the theme's worker, because it is added before. */
addEventListener("message", ({ data: message }) => {
  if (message.type === SETUP) {
    const { lang, pipeline } = message.data.config
    language = lang[0]
    stems = lang.length === 1 && pipeline.includes("stemmer")
    if (stems && language === "en")
      widen(lunr)
  } else if (message.type === QUERY && stems) {
    message.data = stem(message.data)
  }
})

const theme = location.search.slice(1)
if (/^search\.[\w.]+\.js$/.test(theme))
  importScripts(theme)

const { use } = lunr.Builder.prototype
lunr.Builder.prototype.use = function (plugin, ...rest) {
  if (stems)
    widen(plugin)
  return use.call(this, plugin, ...rest)
}
