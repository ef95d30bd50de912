using FluentValidation;
using MesoClinic.Domain;

namespace MesoClinic.Web.Components.Account;

internal sealed class LoginForm
{
    public string Email { get; set; } = "";
    public string Password { get; set; } = "";

    internal sealed class Validator : AbstractValidator<LoginForm>
    {
        public Validator()
        {
            RuleFor(form => form.Email).NotEmpty().WithMessage("Enter the email that the clinic has for you.").MaximumLength(Limits.Email).WithMessage("This email is too long.");
            RuleFor(form => form.Password).NotEmpty().WithMessage("Enter your password.").MaximumLength(Limits.Line).WithMessage("This password is too long.");
        }
    }
}
