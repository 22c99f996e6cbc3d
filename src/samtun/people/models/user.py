"""The account of a person who works here. Those who look for help never have one."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from samtun.organisations.enums import Language
from samtun.organisations.models import Place


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A user who signs in with `email`; without a password, only by other means.

        Raises:
            ValueError: when `email` is empty.
        """
        if not email:
            raise ValueError("A user needs an e-mail address")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Signs in with an e-mail address; the name is what others see."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(  # of the letters we send
        max_length=8, choices=Language.choices, default=Language.BOKMAL
    )
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """What Django and Wagtail call them."""
        return str(self)

    def get_short_name(self) -> str:
        """The same: which part of a name is the first is not ours to guess."""
        return str(self)

    @property
    def first_name(self) -> str:
        """What Wagtail's menu calls them."""
        return self.get_short_name()

    @property
    def place(self) -> Place:
        """Nowhere: an account is the concern of those who run the installation."""
        return Place()
