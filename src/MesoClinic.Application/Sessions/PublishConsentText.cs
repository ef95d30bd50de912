using FluentValidation;
using MediatR;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>A manager or physician gives a consent a new wording. What is signed already keeps its own; what is signed from now on reads the new one.</summary>
public static class PublishConsentText
{
    [Requires(Permission.WriteConsentTexts)]
    public sealed class Command : ICommand<int>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public ConsentKind Kind { get; set; }

        /// <summary>Number of the version that was edited; 0 = the built-in text.</summary>
        public int BasedOn { get; set; }
        public string? Text { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Kind).IsInEnum();
            RuleFor(c => c.Text).Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("Write the text.")
                .MaximumLength(Limits.Text).WithMessage($"Keep the text within {Limits.Text} characters.");
            RuleFor(c => c.Text).Custom((text, context) =>
            {
                if (text is not null && ConsentWording.Problem(context.InstanceToValidate.Kind, text) is { } problem)
                {
                    context.AddFailure(problem);
                }
            });
        }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, Physicians physicians, ClinicTime time, ConsentForms forms) : IRequestHandler<Command, Outcome<int>>
    {
        /// <returns>The number of the new version.</returns>
        public async Task<Outcome<int>> Handle(Command command, CancellationToken token)
        {
            if (!user.IsManager && await physicians.MeAsync(Permission.SignRules, token) is null)
            {
                return new Failure.Forbidden();
            }

            var newest = await db.ConsentTexts.Where(text => text.Kind == command.Kind).MaxAsync(text => (int?)text.Number, token) ?? 0;
            if (command.BasedOn != newest)
            {
                return new Failure.Stale();
            }

            var text = command.Text!.ReplaceLineEndings("\n").Trim();
            if (text == (await forms.InForceAsync(command.Kind, token)).Text.ReplaceLineEndings("\n").Trim())
            {
                return new Failure.Invalid(nameof(Command.Text), "This is the text as it stands; there is nothing new to publish.");
            }

            db.ConsentTexts.Add(new ConsentText { Kind = command.Kind, Number = newest + 1, Text = text, PublishedUtc = time.UtcNow, PublishedById = user.RequiredId });
            await db.SaveChangesAsync(token);
            return newest + 1;
        }
    }
}
