using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>What a booking can be made of: people, rooms, and the knowledge's indications, areas, techniques and ingredients.</summary>
public static class BookingChoices
{
    [Requires(Permission.ReadCalendar)]
    public sealed class Query : IQuery<Result>;

    public sealed record Result(
        IReadOnlyList<Choice<Guid>> Practitioners,
        IReadOnlyList<Choice<Guid>> Rooms,
        IReadOnlyList<IndicationChoice> Indications,
        IReadOnlyList<AreaChoice> Areas,
        IReadOnlyList<Choice<string>> Techniques,
        IReadOnlyList<Choice<string>> Administrations,
        IReadOnlyList<Choice<string>> Ingredients,
        DateOnly Today,
        IReadOnlyList<DayHours> Hours,
        VisitLengths Lengths,
        Guid? Me);

    public sealed record Choice<TId>(TId Id, string Title);

    /// <param name="Techniques">What its protocol suggests, first choice first.</param>
    /// <param name="Ingredients">What is typically used.</param>
    public sealed record IndicationChoice(string Id, string Title, IReadOnlyList<string> Techniques, IReadOnlyList<string> Ingredients, int IntervalDaysMin, int? IntervalDaysMax);

    public sealed record AreaChoice(string Id, string Title, string Group);

    internal static bool IsTechnique(KnowledgeBase knowledge, string id) =>
        knowledge.Techniques.Any(row => row.Id == id && row.Kind is (TechniqueKind.Injection or TechniqueKind.NonInjection))
        || knowledge.Alternatives.Any(row => row.Id == id && row.Kind == AlternativeKind.Treatment);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<Result>>
    {
        private static readonly IngredientStatus[] NeverOffered = [IngredientStatus.Excipient, IngredientStatus.TopicalAftercare, IngredientStatus.AftercareMedicine];

        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var knowledge = book.Knowledge;
            var clinic = await db.Clinics.AsNoTracking().SingleAsync(token);
            var practitioners = await db.Staff.AsNoTracking().Where(member => member.IsActive && member.TakesAppointments).OrderBy(member => member.Name)
                .Select(member => new Choice<Guid>(member.Id, member.Name)).ToListAsync(token);
            var offered = clinic.AnyoneBooksAnyColumn || !user.IsCosmetologist ? practitioners : [.. practitioners.Where(p => p.Id == user.Id)];
            return new Result(
                offered,
                await db.Rooms.AsNoTracking().Where(room => room.IsActive).OrderBy(room => room.Name).Select(room => new Choice<Guid>(room.Id, room.Name)).ToListAsync(token),
                [.. knowledge.Indications.OrderBy(row => row.Title, StringComparer.Ordinal).Select(row => new IndicationChoice(row.Id, row.Title, row.Techniques, row.TypicalIngredients, row.IntervalDaysMin, row.IntervalDaysMax))],
                [.. knowledge.Areas.Select(row => new AreaChoice(row.Id, row.Title, row.Groups.Count == 0 ? "body" : row.Groups[0]))],
                [
                    .. knowledge.Techniques.Where(row => row.Kind is TechniqueKind.Injection or TechniqueKind.NonInjection).Select(row => new Choice<string>(row.Id, row.Title)),
                    .. knowledge.Alternatives.Where(row => row.Kind == AlternativeKind.Treatment).Select(row => new Choice<string>(row.Id, row.Title)),
                ],
                [.. knowledge.Techniques.Where(row => row.Kind == TechniqueKind.Administration).Select(row => new Choice<string>(row.Id, row.Title))],
                [.. knowledge.Ingredients.Where(row => !NeverOffered.Contains(row.Status)).OrderBy(row => row.Title, StringComparer.Ordinal).Select(row => new Choice<string>(row.Id, row.Title))],
                await time.TodayAsync(token),
                clinic.Hours,
                clinic.VisitLengths,
                practitioners.Any(p => p.Id == user.Id) ? user.Id : null);
        }
    }
}
