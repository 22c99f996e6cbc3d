"""Wagtail's own texts in Norwegian, where its catalogues lack them: nothing but `locale/`.

An application of its own, so that it stands right before Wagtail among the catalogues: a text of
ours that happens to read the same in English is never changed by it. Who reads nynorsk gets bokmål
here, as Django falls back to the default language.
"""
