"""Names of columns of other programs and languages, beside the aliases of articles (`corpus/field_aliases.py`).

English, German, French, Spanish, Italian, Dutch, Portuguese, Russian, Chinese: names of databases and of tables that
researchers share. Keys are in lower case with `_` for hyphens and spaces.
"""

_NAMES_BY_FIELD = {
    "title": "article_title news_title titel überschrift schlagzeile titre título titulo titular titolo kop заголовок "
    "название 标题 題目",
    "deck": "untertitel vorspann sous_titre chapeau entradilla bajada sottotitolo onderkop анонс подзаголовок "
    "副标题 摘要",
    "author": "author_name autor autorin auteur auteurs autores autore journaliste journalist periodista автор "
    "作者 记者",
    "date": "article_date news_date pub_day datum erscheinungsdatum date_de_publication fecha "
    "fecha_de_publicación data_pubblicazione publicatiedatum дата 日期 发布时间 时间",
    "publication": "source source_name news_source outlet media_name publication_title publication_name "
    "zeitung quelle journal_name source_titre periódico periodico diario fuente testata giornale krant bron jornal "
    "fonte источник газета 来源 报纸 媒体",
    "section": "rubrik ressort rubrique sección seccion sezione sectie rubriek seção рубрика 版面 栏目",
    "page": "seite página pagina pagine bladzijde страница 页 页码",
    "language": "sprache langue idioma lingua taal язык 语言",
    "keywords": "schlagwörter schlagworte mots_clés mots_cles palabras_clave parole_chiave trefwoorden palavras_chave "
    "ключевые_слова 关键词",
    "url": "adresse_url enlace lien collegamento ссылка 链接 网址",
}
RECORD_ALIASES = {name: field for field, names in _NAMES_BY_FIELD.items() for name in names.split()}
"""Name in a table -> our field."""

TEXT_NAMES = (
    *("article_text news_text main_text maintext body_text bodytext full_article artikeltext volltext inhalt".split()),
    *("texte contenu corps texto cuerpo contenido testo contenuto corpo tekst inhoud conteúdo".split()),
    *("текст содержание 正文 内容 全文".split()),
)
"""Names of the column of the text in tables, beside the English ones of `tables.py`."""
