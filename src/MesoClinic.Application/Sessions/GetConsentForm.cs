using MediatR;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>The text to be read and signed for these areas, this technique and these ingredients.</summary>
public static class GetConsentForm
{
    [Requires(Permission.RecordSessions)]
    public sealed class Query : IQuery<Form>
    {
        public Guid AppointmentId { get; set; }
        public IReadOnlyList<string> Areas { get; set; } = [];
        public string? Technique { get; set; }
        public IReadOnlyList<string> Ingredients { get; set; } = [];
    }

    /// <param name="IsMinor">A guardian signs.</param>
    public sealed record Form(string TemplateVersion, string Text, string PatientName, bool IsMinor, string Witness);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<Form>>
    {
        public async Task<Outcome<Form>> Handle(Query query, CancellationToken token)
        {
            if (await db.Appointments.AsNoTracking().Include(a => a.Patient).SingleOrDefaultAsync(a => a.Id == query.AppointmentId, token) is not { Patient: { } patient })
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(patient.Id, "Consent form", token, query.AppointmentId) is { } refusal)
            {
                return refusal;
            }

            if (Check(book, query.Areas, query.Technique, query.Ingredients) is { } incomplete)
            {
                return incomplete;
            }

            var witness = await db.Staff.Where(s => s.Id == user.RequiredId).Select(s => s.Name).SingleOrDefaultAsync(token);
            var isMinor = patient.AgeOn(await time.TodayAsync(token)) < Ages.Adult;
            return new Form(ConsentTemplate.Version, ConsentTemplate.Write(book, patient, query.Areas, query.Technique!, query.Ingredients), patient.FullName, isMinor, witness ?? "");
        }
    }

    /// <summary>Nobody can agree to something that is not said.</summary>
    internal static Failure.Invalid? Check(RuleBook book, IReadOnlyList<string> areas, string? technique, IReadOnlyList<string> ingredients) =>
        areas.Count == 0 || !areas.All(book.Areas.ContainsKey) ? new("Areas", "Choose the areas first: the consent names them.")
        : technique is null || !BookingChoices.IsTechnique(book.Knowledge, technique) ? new("Technique", "Choose the technique first: the consent names it.")
        : ingredients.Count == 0 || !ingredients.All(book.Ingredients.ContainsKey) ? new("Ingredients", "Choose the cocktail first: the consent names its ingredients.")
        : null;
}
